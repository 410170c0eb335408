from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua_web.notices.kinds import Group, say


class How(models.TextChoices):
    """When a notice also goes out by mail."""

    AT_ONCE = "at_once", _("Gửi thư ngay")
    DAILY = "daily", _("Gộp vào thư hằng ngày")
    NONE = "none", _("Không gửi thư")


class Notice(models.Model):
    """Something that one person should know. `kind` and `params` make the sentence; `href` leads to what it is about.

    `key` says what it is about once and for all: told again it is not told twice. `told_at` is when a letter took it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    href = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120)
    how = models.CharField(max_length=8, choices=How)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = (F("read_at").desc(nulls_first=True), "-id")
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="notice_once"),)
        indexes = (
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["key"], name="notice_key"),
        )

    def __str__(self) -> str:
        return say(self.kind, self.params)


class NoticeChoice(models.Model):
    """How somebody wants a group of notices by mail; without a row the group's own way stands."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    group = models.CharField(max_length=20, choices=Group)
    how = models.CharField(max_length=8, choices=How)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "group"], name="notice_choice_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {self.how}"


class LetterState(models.TextChoices):
    WAITING = "waiting", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    NEEDLESS = "needless", _("Không cần gửi nữa")
    REFUSED = "refused", _("Máy chủ thư từ chối")
    GIVEN_UP = "given_up", _("Thôi gửi")
    UNSURE = "unsure", _("Không rõ đã gửi chưa")


class Letter(models.Model):
    """A mail to one person: one notice, or (`day`) everything unread on that day. Its words are made when it is sent.

    `message_id` stays the same however often sending is tried. A letter whose sender was killed in the very act is
    `unsure`: it is not sent again by itself.
    """

    STANDING: ClassVar = (LetterState.REFUSED, LetterState.GIVEN_UP, LetterState.UNSURE)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="letter")
    day = models.DateField(null=True, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["user", "day"], condition=Q(day__isnull=False), name="one_digest_a_day"),
            models.CheckConstraint(
                condition=Q(notice__isnull=False) ^ Q(day__isnull=False), name="letter_is_of_a_notice_or_a_day"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=["waiting", "sending"]), name="letter_on_its_way"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"


class PostOffice(models.Model):
    """The one row that says how the mail server is: one sender at a time holds it until `held_until`.

    `asked_at` is when the queue was last asked to send what lay about.
    """

    held_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.answer
