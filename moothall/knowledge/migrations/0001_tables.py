import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('knowledge', '0001_the_directory_moves_down'),
        ('knowledge', '0002_articles_the_wider_directory_and_their_words'),
    ]
    initial = True
    dependencies = [
        ('cases', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Article',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=80, unique=True)),
                        ('kind', models.CharField(choices=[('TEXT', 'article'), ('LIST', 'resource list')], default='TEXT', max_length=4)),
                        ('audience', models.CharField(choices=[('STAFF', 'staff'), ('PUBLIC', 'everybody')], default='STAFF', max_length=6)),
                        ('state', models.CharField(choices=[('DRAFT', 'draft'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], default='DRAFT', max_length=9)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='people.team')),
                        ('title', models.CharField(help_text='Of the newest edition, for lists', max_length=160)),
                        ('review_on', models.DateField()),
                        ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reviewed_at', models.DateTimeField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('current', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='knowledge.articleedition')),
                        ('words_en', django.contrib.postgres.search.SearchVectorField(null=True)),
                        ('words_cy', django.contrib.postgres.search.SearchVectorField(null=True)),
                        ('services', models.ManyToManyField(blank=True, related_name='articles', to='cases.service')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['title', 'id'], name='article_by_title'), models.Index(fields=['review_on', 'id'], name='article_by_review'), models.Index(fields=['changed_at', 'id'], name='article_by_change'), django.contrib.postgres.indexes.GinIndex(fields=['words_en'], name='article_by_words_en'), django.contrib.postgres.indexes.GinIndex(fields=['words_cy'], name='article_by_words_cy')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'PUBLISHED'), _negated=True), ('current__isnull', False), _connector='OR'), name='a_published_article_has_an_edition')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleEdition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='knowledge.article')),
                        ('number', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=160)),
                        ('title_cy', models.CharField(blank=True, max_length=160)),
                        ('summary', models.CharField(blank=True, max_length=300)),
                        ('summary_cy', models.CharField(blank=True, max_length=300)),
                        ('body', models.TextField()),
                        ('body_cy', models.TextField(blank=True)),
                        ('note', models.CharField(blank=True, help_text='What changed', max_length=300)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='editions_are_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='an_edition_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Signpost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('when_to_use', models.TextField()),
                        ('when_to_use_cy', models.TextField(blank=True)),
                        ('how', models.TextField(help_text='Phone, address, page')),
                        ('how_cy', models.TextField(blank=True)),
                        ('where', models.TextField(blank=True)),
                        ('where_cy', models.TextField(blank=True)),
                        ('hours', models.CharField(blank=True, help_text='Mon-Fri 09:00-16:00; Sat 10:00-12:00', max_length=300)),
                        ('coverage', models.CharField(blank=True, max_length=200)),
                        ('coverage_cy', models.CharField(blank=True, max_length=200)),
                        ('eligibility', models.CharField(blank=True, max_length=300)),
                        ('eligibility_cy', models.CharField(blank=True, max_length=300)),
                        ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None)),
                        ('public', models.BooleanField(default=True)),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('checked_on', models.DateField()),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('words_en', django.contrib.postgres.search.SearchVectorField(null=True)),
                        ('words_cy', django.contrib.postgres.search.SearchVectorField(null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words_en'], name='signpost_by_words_en'), django.contrib.postgres.indexes.GinIndex(fields=['words_cy'], name='signpost_by_words_cy')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('from_on', None), ('until_on', None), ('from_on__lte', models.F('until_on')), _connector='OR'), name='an_entry_begins_before_it_ends')],
                    },
                ),
                migrations.CreateModel(
                    name='AnsweredWith',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='knowledge.article')),
                        ('signpost', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='knowledge.signpost')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered_with', to='cases.case')),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['article', '-at'], name='answers_of_an_article'), models.Index(fields=['signpost', '-at'], name='answers_of_an_entry')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('article__isnull', True), ('signpost__isnull', True), _connector='XOR'), name='an_answer_names_one_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Opinion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='knowledge.article')),
                        ('edition', models.PositiveIntegerField()),
                        ('helped', models.BooleanField()),
                        ('language', models.CharField(max_length=2)),
                        ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('words', models.CharField(blank=True, max_length=500)),
                        ('on', models.DateField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['article', 'on'], name='opinions_of_an_article')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(max_length=200)),
                        ('language', models.CharField(max_length=2)),
                        ('on', models.DateField()),
                        ('times', models.PositiveIntegerField(default=1)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['on'], name='questions_by_day')],
                        'constraints': [models.UniqueConstraint(fields=('words', 'language', 'on'), name='a_question_is_counted_by_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Word',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='words_held', to='knowledge.article')),
                        ('signpost', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='words_held', to='knowledge.signpost')),
                        ('language', models.CharField(max_length=2)),
                        ('lexeme', models.CharField(max_length=100)),
                        ('weight', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['language', 'lexeme'], name='knowledge_by_word')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('article__isnull', True), ('signpost__isnull', True), _connector='XOR'), name='a_word_stands_in_one_place')],
                    },
                ),
            ],
        ),
    ]
