from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_feedback_becomes_behaviour")]
    operations = [
        migrations.RemoveIndex(
            model_name='response',
            name='quizzes_res_questio_5a3f98_idx',
        ),
        migrations.RemoveField(
            model_name='attempt',
            name='feedback',
        ),
        migrations.RemoveField(
            model_name='quiz',
            name='feedback',
        ),
    ]
