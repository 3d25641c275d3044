from .article import Article, ArticleEdition
from .directory import Signpost
from .use import AnsweredWith, Opinion, Question
from .words import Word

__all__ = ["AnsweredWith", "Article", "ArticleEdition", "Opinion", "Question", "Signpost", "Word"]
