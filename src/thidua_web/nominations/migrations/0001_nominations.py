import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import thidua_web.nominations.models.nominations
import thidua_web.register.models.units


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("archive", "0001_initial"),
        ("campaigns", "0005_deployments_of_before"),
        ("eligibility", "0003_households"),
        ("register", "0010_household_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppraisedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=250)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang lập"), ("signed", "Đã ký")], default="draft", max_length=10
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("number", models.CharField(blank=True, max_length=40)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_as", models.CharField(blank=True, max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appraised_lists",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appraised_lists", to="register.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True), ("signed_by__isnull", False), _connector="OR"
                        ),
                        name="appraised_list_is_signed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=20)),
                ("params", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Xem trước"),
                            ("running", "Đang thực hiện"),
                            ("done", "Đã thực hiện"),
                            ("stopped", "Đã dừng giữa chừng"),
                            ("undoing", "Đang hoàn lại"),
                            ("undone", "Đã hoàn lại"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("token", models.CharField(blank=True, max_length=32)),
                ("lease", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.unit"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["to_unit", "state", "at"], name="batch_listed")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["prepared", "running", "done", "stopped", "undoing", "undone"])
                        ),
                        name="batch_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_name", models.CharField(max_length=200)),
                ("question", models.TextField()),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "silence",
                    models.CharField(
                        choices=[("nothing", "Không coi là đồng ý"), ("agrees", "Coi là đồng ý")],
                        default="nothing",
                        max_length=10,
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("pauses", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consulted",
                        to="register.unit",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consultations", to="register.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["asked", "closed_at"], name="nominations_asked_i_3ffa26_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("asked_on"))),
                        name="consultation_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(default=0)),
                (
                    "subject",
                    models.CharField(
                        choices=[("individual", "Cá nhân"), ("collective", "Tập thể"), ("household", "Hộ gia đình")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("position", models.CharField(blank=True, max_length=200)),
                ("unit_name", models.CharField(blank=True, max_length=200)),
                ("award", models.CharField(max_length=40)),
                ("award_asked", models.CharField(blank=True, max_length=40)),
                (
                    "merit",
                    models.CharField(
                        choices=[
                            ("yearly", "Công trạng"),
                            ("campaign", "Phong trào thi đua"),
                            ("sudden", "Đột xuất"),
                            ("service", "Quá trình cống hiến, niên hạn"),
                            ("foreign", "Đối ngoại"),
                        ],
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("sections", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang lập hồ sơ"),
                            ("lodged", "Chờ tiếp nhận"),
                            ("in_appraisal", "Đang thẩm định"),
                            ("asked", "Chờ bổ sung"),
                            ("returned", "Trả lại"),
                            ("recommended", "Đề nghị Hội đồng xét"),
                            ("not_recommended", "Không đề nghị"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("edited_in", models.CharField(blank=True, max_length=36)),
                ("edited_at", models.DateTimeField()),
                ("lodged_on", models.DateField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("clock_due", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("defects", models.PositiveSmallIntegerField(default=0)),
                ("returns", models.PositiveSmallIntegerField(default=0)),
                (
                    "folded",
                    thidua_web.register.models.units.FoldedField(blank=True, editable=False, max_length=300, of="name"),
                ),
                (
                    "sort_text",
                    thidua_web.nominations.models.nominations.NomineeSortField(
                        blank=True, editable=False, max_length=900, of="name"
                    ),
                ),
                (
                    "appraiser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appraises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "collective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominated",
                        to="register.unit",
                    ),
                ),
                (
                    "deed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="eligibility.deed",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="register.household",
                    ),
                ),
                (
                    "listed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="nominations",
                        to="nominations.appraisedlist",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="campaigns.offer",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="register.person",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_nominations",
                        to="register.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="register.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("submission_id", "place", "id"),
                "indexes": [models.Index(fields=["to_unit", "sort_text", "id"], name="nomination_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("collective__isnull", True),
                                ("household__isnull", True),
                                ("person__isnull", False),
                                ("subject", "individual"),
                            ),
                            models.Q(
                                ("collective__isnull", False),
                                ("household__isnull", True),
                                ("person__isnull", True),
                                ("subject", "collective"),
                            ),
                            models.Q(
                                ("collective__isnull", True),
                                ("household__isnull", False),
                                ("person__isnull", True),
                                ("subject", "household"),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "lodged",
                                    "in_appraisal",
                                    "asked",
                                    "returned",
                                    "recommended",
                                    "not_recommended",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="nomination_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="nomination_period_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lowering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.CharField(max_length=40)),
                ("becomes", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lowerings",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="EvidenceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ConsultationItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("agree", "Nhất trí"), ("disagree", "Không nhất trí"), ("other", "Ý kiến khác")],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=200)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("paper", models.CharField(blank=True, max_length=80)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="nominations.consultation"
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("consultation_id", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "nomination"), name="consulted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultation_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__in", ["", "agree"]), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="disagreement_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kin", "Người thân của người được đề nghị"),
                            ("work", "Quan hệ công việc, lợi ích"),
                            ("other", "Lý do khác"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("user", "nomination"),
                        name="conflict_declared_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("tax", "Cơ quan thuế"),
                            ("social_insurance", "Bảo hiểm xã hội"),
                            ("health_insurance", "Bảo hiểm y tế"),
                            ("police", "Công an"),
                            ("environment", "Cơ quan quản lý môi trường"),
                            ("labour", "Cơ quan quản lý lao động"),
                            ("food_safety", "Cơ quan quản lý an toàn thực phẩm"),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked_of", models.CharField(max_length=200)),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("yes", models.BooleanField(blank=True, null=True)),
                ("paper", models.CharField(blank=True, max_length=80)),
                ("note", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("yes__isnull", True)),
                        fields=("nomination", "body"),
                        name="confirmation_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on__isnull", True), ("yes__isnull", True)),
                            models.Q(("answered_on__isnull", False), ("yes__isnull", False)),
                            _connector="OR",
                        ),
                        name="confirmation_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("started", "Bắt đầu tính"),
                            ("paused", "Tạm dừng"),
                            ("resumed", "Tính tiếp"),
                            ("ended", "Kết thúc"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("why", models.CharField(blank=True, max_length=30)),
                ("at", models.DateTimeField()),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clock", to="nominations.nomination"
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "id"),
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("value", models.CharField(blank=True, max_length=80)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proved", "Đã chứng minh"),
                            ("took_part", "Chỉ tham gia"),
                            ("unprovable", "Không chứng minh được"),
                            ("untrue", "Không đúng sự thật"),
                        ],
                        max_length=12,
                    ),
                ),
                ("verdict_note", models.TextField(blank=True)),
                ("verdict_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verdict_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="nominations.nomination"
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "place", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", ""),
                            models.Q(
                                ("verdict__in", ["proved", "took_part", "unprovable", "untrue"]),
                                ("verdict_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_verdict_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict__in", ["took_part", "unprovable", "untrue"]), _negated=True),
                            models.Q(("verdict_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_refused_says_why",
                    ),
                    models.UniqueConstraint(fields=("nomination", "token"), name="claim_row_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Sẽ làm"),
                            ("left_out", "Không làm"),
                            ("done", "Đã làm"),
                            ("undone", "Đã hoàn lại"),
                            ("kept", "Giữ nguyên vì đã đi tiếp"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=20)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("before", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="nominations.batch"
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="batches", to="nominations.nomination"
                    ),
                ),
            ],
            options={
                "ordering": ("batch_id", "place", "id"),
                "indexes": [models.Index(fields=["batch", "state", "place"], name="batch_row_listed")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "nomination"), name="batch_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "left_out", "done", "undone", "kept"])),
                        name="batch_row_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recommends", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("reasons", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recommends", True), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="opinion_against_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("clause", models.TextField()),
                ("was", models.CharField(max_length=10)),
                ("becomes", models.CharField(max_length=10)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("second_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.BooleanField(blank=True, null=True)),
                ("second_words", models.TextField(blank=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overrides",
                        to="nominations.nomination",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("agreed__isnull", True), ("agreed", True), _connector="OR"),
                        ),
                        fields=("nomination", "key"),
                        name="override_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second__isnull", True),
                            models.Q(("second", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="override_needs_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed__isnull", True), ("second__isnull", False), _connector="OR"),
                        name="override_answered_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("where", models.CharField(blank=True, max_length=300)),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="register.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-since", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="publication_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed_sender", models.TextField(blank=True)),
                ("words", models.TextField()),
                ("channel", models.CharField(default="letter", max_length=20)),
                ("received_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Phản ánh đúng"),
                            ("partly", "Phản ánh đúng một phần"),
                            ("rejected", "Phản ánh không đúng"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="nominations.nomination",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="nominations.publication",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finding", ""),
                            models.Q(("handled_by__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="objection_handled_says_how",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="nominations.nomination",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="nominations.publication"
                    ),
                ),
            ],
            options={
                "ordering": ("publication_id", "id"),
                "constraints": [models.UniqueConstraint(fields=("publication", "nomination"), name="published_once")],
            },
        ),
        migrations.CreateModel(
            name="ReportPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prints", to="nominations.nomination"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value", "nomination"], name="report_print_by_value")],
            },
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codes", models.JSONField()),
                ("words", models.TextField(blank=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("lodged_again_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sent_back",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-at", "-id"),
                "indexes": [models.Index(fields=["on"], name="nominations_on_28e0d9_idx")],
            },
        ),
        migrations.CreateModel(
            name="ReviewMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(blank=True, null=True)),
                ("began_at", models.TimeField(blank=True, null=True)),
                ("ended_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("members", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("discussion", models.TextField(blank=True)),
                ("secret", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("edited_in", models.CharField(blank=True, max_length=36)),
                ("votes_revision", models.PositiveIntegerField(default=0)),
                ("votes_edited_in", models.CharField(blank=True, max_length=36)),
                ("edited_at", models.DateTimeField()),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("against", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("abstained", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("edited_in", models.CharField(blank=True, max_length=36)),
                (
                    "nomination",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_vote",
                        to="nominations.nomination",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="nominations.reviewmeeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("words", models.TextField()),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="analyses",
                        to="nominations.nomination",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="analyses",
                        to="nominations.reviewmeeting",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("nomination", "key"), name="analysis_once")],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4)),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("position", models.CharField(blank=True, max_length=160)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("chair", "Chủ trì"),
                            ("secretary", "Thư ký"),
                            ("member", "Thành viên"),
                            ("guest", "Khách mời, không biểu quyết"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("present", "Có mặt"),
                            ("absent", "Vắng mặt"),
                            ("written", "Vắng mặt, có ý kiến bằng văn bản"),
                        ],
                        default="present",
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendees",
                        to="nominations.reviewmeeting",
                    ),
                ),
            ],
            options={
                "ordering": ("meeting_id", "place", "id"),
                "constraints": [models.UniqueConstraint(fields=("meeting", "token"), name="attendee_once")],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("campaign", "Phong trào, đợt thi đua"),
                            ("yearly", "Xét khen thưởng hằng năm"),
                            ("sudden", "Khen thưởng đột xuất"),
                        ],
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=250)),
                ("opens_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="register.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-opens_on", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["campaign", "yearly", "sudden"])), name="round_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("opens_on")), _connector="OR"
                        ),
                        name="round_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign__isnull", False), ("kind", "campaign")),
                            models.Q(models.Q(("kind", "campaign"), _negated=True), ("campaign__isnull", True)),
                            _connector="OR",
                        ),
                        name="round_of_a_campaign_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moment",
                    models.CharField(
                        choices=[("lodged", "Khi trình"), ("accepted", "Khi tiếp nhận"), ("concluded", "Khi kết luận")],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("award", models.CharField(max_length=40)),
                ("outcome", models.CharField(max_length=10)),
                ("lines", models.JSONField()),
                ("checks", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination_id", "-made_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("campaign", "Phong trào, đợt thi đua"),
                            ("yearly", "Xét khen thưởng hằng năm"),
                            ("sudden", "Khen thưởng đột xuất"),
                        ],
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=250)),
                ("occasion", models.TextField(blank=True)),
                ("happened_on", models.DateField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("who", models.CharField(blank=True, max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_basis", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang lập"), ("presented", "Chờ lãnh đạo ký"), ("submitted", "Đã trình")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("prepared_at", models.DateTimeField()),
                ("presented_at", models.DateTimeField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_as", models.CharField(blank=True, max_length=200)),
                ("lodged_on", models.DateField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "inherited_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "presented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="nominations.round",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_submissions",
                        to="register.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="register.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-prepared_at", "-id"),
                "indexes": [
                    models.Index(fields=["unit", "state"], name="nominations_unit_id_381653_idx"),
                    models.Index(fields=["to_unit", "state"], name="nominations_to_unit_7014cb_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "presented", "submitted"])),
                        name="submission_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["campaign", "yearly", "sudden"])),
                        name="submission_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            models.Q(("lodged_on__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="submission_sent_is_signed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reviewmeeting",
            name="submission",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="meeting", to="nominations.submission"
            ),
        ),
        migrations.AddField(
            model_name="nomination",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="nominations.submission"
            ),
        ),
        migrations.CreateModel(
            name="GateException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("words", models.TextField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("granted", models.BooleanField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="nominations.submission",
                    ),
                ),
            ],
            options={
                "ordering": ("submission_id", "asked_at"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("granted__isnull", True)),
                        fields=("submission", "code"),
                        name="exception_waits_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paper", models.CharField(blank=True, max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("dated", models.DateField(blank=True, null=True)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="nominations.claim",
                    ),
                ),
                (
                    "confirmation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="nominations.confirmation",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="archive.storedfile"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="nominations.evidencerequest",
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="nominations.nomination",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="nominations.submission"
                    ),
                ),
            ],
            options={
                "ordering": ("submission_id", "id"),
                "indexes": [models.Index(fields=["nomination", "id"], name="dossier_file_listed")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nomination__isnull", False),
                            models.Q(
                                ("claim__isnull", True), ("confirmation__isnull", True), ("request__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="dossier_file_of_a_nomination",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(
                fields=[
                    "to_unit",
                    "state",
                    "clock_due",
                    "id",
                    "award",
                    "year",
                    "subject",
                    "appraiser",
                    "outcome",
                    "defects",
                    "submission",
                    "unit",
                    "lodged_on",
                    "folded",
                ],
                name="nomination_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False), models.Q(("state", "withdrawn"), _negated=True)),
                fields=("submission", "award", "person"),
                name="nomination_once_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("collective__isnull", False), models.Q(("state", "withdrawn"), _negated=True)),
                fields=("submission", "award", "collective"),
                name="nomination_once_collective",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("household__isnull", False), models.Q(("state", "withdrawn"), _negated=True)),
                fields=("submission", "award", "household"),
                name="nomination_once_household",
            ),
        ),
    ]
