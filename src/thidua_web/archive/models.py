from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A file's content. Its name belongs to whoever refers to it: the same content may have several."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=16)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_has_content"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_sha256_is_hex"
            ),
        )

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Place in the storage folder."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
