"""`thidua account`: opens the account with which the work on a new server begins."""

from __future__ import annotations

import datetime
import sys

import click

from thidua_web.commands import server
from thidua_web.commands.words import Command, usage_error

ROLES = ("clerk", "head", "appraiser", "council_secretary", "chair", "member", "bloc_head", "auditor", "administrator")
EPILOG = """
thidua account quantri --name "Bùi Công Vinh" --unit VS --unit-name "Xã Vàm Sen" --role administrator  # lập đơn vị
thidua account mai.anh --name "Mai Anh" --unit VS < mat-khau.txt  # thêm một chuyên viên, mật khẩu từ tệp
"""


@click.command("account", cls=Command, epilog=EPILOG)
@click.argument("username", metavar="TÊN-ĐĂNG-NHẬP")
@click.option("--name", "full_name", metavar="HỌ-TÊN", required=True, help="Họ và tên.")
@click.option("--email", metavar="THƯ", default="", help="Địa chỉ thư, để nhận thư và đặt lại mật khẩu.")
@click.option("--unit", "code", metavar="MÃ", required=True, help="Mã đơn vị.")
@click.option("--unit-name", metavar="TÊN", help="Tên đơn vị, nếu đơn vị chưa có thì được lập.")
@click.option("--unit-kind", metavar="LOẠI", default="province", help="Loại đơn vị mới: province, department, commune…")
@click.option(
    "--unit-since",
    metavar="NGÀY",
    type=click.DateTime(["%d/%m/%Y", "%Y-%m-%d"]),
    help="Ngày đơn vị mới bắt đầu hoạt động, ví dụ 01/07/2025 (mặc định hôm nay).",
)
@click.option("--role", metavar="VAI-TRÒ", default="clerk", help=f"Một trong: {', '.join(ROLES)} (mặc định clerk).")
def command(  # noqa: PLR0913 - one for each option
    *,
    username: str,
    full_name: str,
    email: str,
    code: str,
    unit_name: str | None,
    unit_kind: str,
    unit_since: datetime.datetime | None,
    role: str,
) -> int:
    """Mở tài khoản cho một người ở một đơn vị; đơn vị chưa có thì lập khi có --unit-name.

    Mật khẩu được hỏi ở màn hình, hoặc đọc từ đầu vào chuẩn; không nhận trên dòng lệnh.
    """
    run = server.server_parts()
    run.migrate()
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - Django is set up above
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from thidua_web.accounts.access import Role  # noqa: PLC0415
    from thidua_web.accounts.managing.actions import open_by_command  # noqa: PLC0415
    from thidua_web.journal.actions import record  # noqa: PLC0415
    from thidua_web.register.actions.units import create_unit  # noqa: PLC0415
    from thidua_web.register.models import Unit  # noqa: PLC0415

    unit = Unit.objects.filter(code=code).first()
    if role not in Role.values:
        raise usage_error("command.unknown_role", role=role, roles=", ".join(Role.values))
    if unit is None and unit_name is None:
        raise usage_error("command.unknown_unit", unit=code)
    person = {"username": username, "full_name": full_name, "email": email, "password": _password()}
    try:
        with transaction.atomic():
            if unit is None:
                since = unit_since.date() if unit_since else timezone.localdate()
                unit = create_unit(code=code, name=unit_name or "", kind=unit_kind, parent=None, valid_from=since)
                said = {"act": "unit.created", "subject": ("unit", unit.pk), "label": unit.name, "unit_id": unit.pk}
                record(by=None, at=timezone.now(), **said)
            open_by_command(**person, role=Role(role), unit=unit, at=timezone.now())
    except ValidationError as error:
        raise usage_error("command.account_refused", username=username, reason=" ".join(error.messages)) from error
    click.echo(f"Đã mở tài khoản “{username}” ở {unit.name}.")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu")
    return typed
