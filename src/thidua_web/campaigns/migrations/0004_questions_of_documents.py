"""Questions belong to the document: each gets that of its edition. What they belonged to goes in the next migration:
PostgreSQL does not alter a table in the transaction that has changed its rows."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def follow_editions(apps, schema_editor) -> None:
    editions = apps.get_model("campaigns", "Edition").objects.filter(pk=OuterRef("edition_id"))
    apps.get_model("campaigns", "Question").objects.update(document_id=Subquery(editions.values("document_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_repeals")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=models.deletion.CASCADE,
                related_name="questions",
                to="campaigns.plandocument",
            ),
        ),
        migrations.RunPython(follow_editions, migrations.RunPython.noop),
    ]
