"""The map of knowledge: pages for staff under knowledge/, for everybody under help/."""

from django.urls import path

from .views import articles, directory, gaps, public

urlpatterns = [
    path("knowledge/", articles.article_list, name="article_list"),
    path("knowledge/new/", articles.write_article, name="write_article"),
    path("knowledge/missing/", gaps.knowledge_gaps, name="knowledge_gaps"),
    path("knowledge/missing/settlement/", gaps.settle_missed, name="settle_missed"),
    path("knowledge/directory/", directory.directory, name="directory"),
    path("knowledge/directory/new/", directory.add_entry, name="add_entry"),
    path("knowledge/directory/<slug:key>/", directory.directory_entry, name="directory_entry"),
    path("knowledge/directory/<slug:key>/details/", directory.edit_entry, name="edit_entry"),
    path("knowledge/directory/<slug:key>/check/", directory.check_entry, name="check_entry"),
    path("knowledge/directory/<slug:key>/retirement/", directory.retire_entry, name="retire_entry"),
    path("knowledge/directory/<slug:key>/restoration/", directory.restore_entry, name="restore_entry"),
    path("knowledge/articles/<slug:key>/", articles.article_page, name="article_page"),
    path("knowledge/articles/<slug:key>/text/", articles.edit_article, name="edit_article"),
    path("knowledge/articles/<slug:key>/publication/", articles.publish_article, name="publish_article"),
    path("knowledge/articles/<slug:key>/withdrawal/", articles.withdraw_article, name="withdraw_article"),
    path("knowledge/articles/<slug:key>/review/", articles.review_article, name="review_article"),
    path("knowledge/articles/<slug:key>/opinions/", articles.article_opinion, name="article_opinion"),
    path("knowledge/articles/<slug:key>/editions/", articles.article_editions, name="article_editions"),
    path(
        "knowledge/articles/<slug:key>/editions/<int:number>/restoration/",
        articles.restore_edition,
        name="restore_edition",
    ),
    path("help/", public.help_home, name="help_home"),
    path("help/questions/", public.help_question, name="help_question"),
    path("help/who-can-help/", public.who_can_help, name="who_can_help"),
    path("help/who-can-help/<slug:key>/", public.helper, name="helper"),
    path("help/articles/<slug:key>/", public.help_article, name="help_article"),
    path("help/articles/<slug:key>/opinions/", public.help_opinion, name="help_opinion"),
]
