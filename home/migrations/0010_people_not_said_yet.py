"""Nobody may have said yet whether a picture shows a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0009_how_to_describe_a_picture")]

    operations = [
        migrations.AlterField(
            model_name="siteimage",
            name="shows_person",
            field=models.BooleanField(help_text="Never a child.", null=True, verbose_name="Does this show a person?"),
        ),
    ]
