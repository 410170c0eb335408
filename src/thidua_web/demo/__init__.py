"""The fictional province Minh Giang: units, people, accounts of every role, and plans of our own writing."""

from thidua_web.demo.accounts import shown_accounts, sign_in_help
from thidua_web.demo.build import make_demo
from thidua_web.demo.files import docx_from_text, pdf_from_text

__all__ = ["docx_from_text", "make_demo", "pdf_from_text", "shown_accounts", "sign_in_help"]
