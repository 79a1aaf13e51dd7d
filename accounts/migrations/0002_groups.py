"""The groups of the site and what each may do, in place of Wagtail's Editors and Moderators.

Names as in accounts/permissions.py. Rows for permissions are written here if need be: Django itself writes them only
after all migrations have run.
"""

from django.db import migrations

# Group -> permissions as (app, model, codenames)
PERMISSIONS = {
    "Trainers": [
        ("wagtailadmin", "admin", ["access_admin"]),
        ("quizzes", "question", ["add_question", "change_question", "view_question", "publish_question"]),
        ("quizzes", "quiz", ["add_quiz", "change_quiz", "view_quiz", "publish_quiz"]),
        ("quizzes", "questionbank", ["add_questionbank", "change_questionbank", "view_questionbank"]),
    ],
    "Reviewers": [("wagtailadmin", "admin", ["access_admin"])],
    "Issuers": [
        ("wagtailadmin", "admin", ["access_admin"]),
        ("certificates", "certificate", ["view_certificate", "revoke_certificate"]),
    ],
    "Coordinators": [("wagtailadmin", "admin", ["access_admin"])],
}
ON_PAGES = {
    "Trainers": ["add_page", "change_page"],
    "Reviewers": ["publish_page", "lock_page", "unlock_page"],
}
ON_FILES = {
    "Trainers": [
        ("wagtailimages", "image", ["add_image", "change_image", "choose_image"]),
        ("wagtaildocs", "document", ["add_document", "change_document", "choose_document"]),
    ],
}
REPLACED = ["Editors", "Moderators"]


def permissions_of(apps, app_label, model, codenames):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    for codename in codenames:
        name = f"Can {codename.replace('_', ' ')}"
        yield Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    tree, files = Page.objects.get(depth=1), Collection.objects.get(depth=1)
    for name, grants in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for grant in grants:
            group.permissions.add(*permissions_of(apps, *grant))
        for permission in permissions_of(apps, "wagtailcore", "page", ON_PAGES.get(name, [])):
            GroupPagePermission.objects.get_or_create(group=group, page=tree, permission=permission)
        for grant in ON_FILES.get(name, []):
            for permission in permissions_of(apps, *grant):
                GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    Group.objects.filter(name__in=REPLACED, user__isnull=True).delete()


def remove_groups(apps, schema_editor):
    """Wagtail's own groups come back empty: enough to start again, and nobody gains a right by going back."""
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=PERMISSIONS).delete()
    for name in REPLACED:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        # These look up Wagtail's own groups, so they must have run before the groups go.
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
