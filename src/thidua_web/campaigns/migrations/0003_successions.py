"""What was launched so far keeps the name that its unit had that day."""

from django.db import migrations, models
from django.utils import timezone


def fill_names(apps, schema_editor):
    Edition = apps.get_model("campaigns", "Edition")
    UnitPeriod = apps.get_model("register", "UnitPeriod")
    launched = Edition.objects.filter(launched_at__isnull=False).select_related("campaign__unit")
    for edition in launched.defer("plan", "reading").order_by("launched_at", "number"):
        unit, day = edition.campaign.unit, timezone.localdate(edition.launched_at)
        period = UnitPeriod.objects.filter(unit=unit, valid_from__lte=day).order_by("-valid_from").first()
        edition.launched_as = period.name if period else unit.name
        edition.save(update_fields=["launched_as"])
        if not edition.campaign.launched_as:
            edition.campaign.launched_as = edition.launched_as
            edition.campaign.save(update_fields=["launched_as"])


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_review_and_launch"),
        ("register", "0004_reforms_carried_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="launched_as",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="dutydone",
            name="inherited_from",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="register.unit"
            ),
        ),
        migrations.AddField(
            model_name="dutyunit",
            name="inherited_from",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="register.unit"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="launched_as",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.RunPython(fill_names, migrations.RunPython.noop),
    ]
