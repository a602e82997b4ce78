"""Short answers of ``%mo``: a sentence, or a small table of facts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from motoolkit.kernel._session import Session
    from motoolkit.mirror import Mirror

_FEW: Final = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A text that is shown as it is."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return "<br>".join(escape(line) for line in self.text.splitlines())


@dataclass(frozen=True, slots=True)
class Facts:
    """Named facts, one a line."""

    rows: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        width = max(len(name) for name, _ in self.rows)
        return "\n".join(f"{name:<{width}}  {text}" for name, text in self.rows)

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<tr><th style="text-align:left">{escape(name)}</th>'
            f'<td style="text-align:left">{escape(text)}</td></tr>'
            for name, text in self.rows
        )
        return f"<table><tbody>{cells}</tbody></table>"


def status(session: Session) -> Facts:
    """Return where we are, and who MO takes us for.

    Raises:
        MoError: MO does not answer.
    """
    client = session.client
    me = client.me()
    roles = sorted(me.roles)
    more = f" og {len(roles) - _FEW} til" if len(roles) > _FEW else ""
    day = session.as_of
    return Facts(
        (
            ("Profil", client.profile.name or "ingen"),
            ("MO", f"{client.url} (version {client.mo_version() or 'ukendt'})"),
            ("GraphQL", f"v{client.version}"),
            ("Bruger", f"{me.name or 'uden navn'} ({me.uuid})"),
            *((("Det betyder", me.meaning),) if me.meaning else ()),
            ("Roller", f"{len(roles)}: {', '.join(roles[:_FEW])}{more}" if roles else "ingen"),
            ("Dato", "i dag" if day is None else f"{day:%d-%m-%Y}"),
            ("Spejl", "ja" if session.has_mirror else "nej; %mo mirror load"),
        )
    )


def mirror_status(mirror: Mirror) -> Facts:
    """Return what is in a mirror.

    Raises:
        MirrorError: it can not be read.
    """
    info = mirror.info()
    return Facts(
        (
            ("MO", info.mo_url or "ingen"),
            ("Hentet", f"{info.refreshed_at:%d-%m-%Y kl. %H:%M}" if info.refreshed_at else "aldrig"),
            *((name, f"{count:,}".replace(",", ".")) for name, count in info.objects.items()),
        )
    )
