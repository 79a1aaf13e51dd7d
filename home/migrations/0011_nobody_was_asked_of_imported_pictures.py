"""Of a picture that came without its uploader's form (a file of questions, a course file) nobody was asked whom it shows."""

from django.db import migrations


def nobody_was_asked(apps, schema_editor):
    apps.get_model("home", "SiteImage").objects.filter(uploaded_by_user=None, shows_person=False).update(shows_person=None)


def nobody_is_shown(apps, schema_editor):
    apps.get_model("home", "SiteImage").objects.filter(shows_person=None).update(shows_person=False)


class Migration(migrations.Migration):
    dependencies = [("home", "0010_people_not_said_yet")]

    operations = [migrations.RunPython(nobody_was_asked, nobody_is_shown)]
