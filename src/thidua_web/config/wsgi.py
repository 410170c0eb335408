"""The application for any WSGI server. An unsafe configuration is refused before the first request."""

from __future__ import annotations

from thidua_web.config.run import prepare, refuse_unsafe_start

prepare()
refuse_unsafe_start()

from django.core.wsgi import get_wsgi_application  # noqa: E402  (Django must be set up first)

from thidua_web.config.warm import warm  # noqa: E402

application = get_wsgi_application()
warm()
