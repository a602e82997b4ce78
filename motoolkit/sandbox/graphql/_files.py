"""MO's file store in GraphQL: ``files`` and ``upload_file``, which comes as a multipart form."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.sandbox.engine.paging import decode, encode
from motoolkit.sandbox.files import File
from motoolkit.sandbox.graphql._access import needs
from motoolkit.sandbox.writing import RefusedError

if TYPE_CHECKING:
    from motoolkit.sandbox.files import Upload
    from motoolkit.sandbox.graphql._typing import Info, Resolver

_CONFLICT: Final = 409

SDL: Final = """
scalar Upload
enum FileStore { EXPORTS INSIGHTS }
type File { file_store: FileStore! file_name: String! text_contents: String! base64_contents: String! }
type FilePaged { objects: [File!]! page_info: PageInfo! }
input FileFilter { file_store: FileStore! file_names: [String!] file_name_contains: String }
"""
QUERY_SDL: Final = """
files(filter: FileFilter!, limit: int, cursor: Cursor): FilePaged!
  @deprecated(reason: "The file-store functionality will be removed in a future version of OS2mo.")
"""
MUTATION_SDL: Final = "upload_file(file_store: FileStore!, file: Upload!, force: Boolean! = false): String!"


def _files(
    _source: Any,
    info: Info,
    filter: Any,  # noqa: A002  # MO's argument
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Page by number: the UUID in the cursor is how many were given before (MO's own way)."""
    given = (filter["file_store"], filter.get("file_names"), filter.get("file_name_contains"))
    found = info.context.world.files.listed(*given)
    start = UUID(decode(cursor)).int if cursor else 0
    chosen = found[start:][:limit]
    following = encode(str(UUID(int=start + limit))) if limit and chosen else None
    return {"objects": chosen, "page_info": {"next_cursor": following}}


def _upload(_source: Any, info: Info, file_store: str, file: Upload, *, force: bool) -> str:
    world = info.context.world
    kept = File(file_store, file.filename, file.content, info.context.identity.actor)
    try:
        world.files.upload(kept, force=force, undo=world.undo)
    except FileExistsError:
        raise RefusedError(
            "E_ALREADY_EXISTS", "File already exists.", status=_CONFLICT, filename=kept.name
        ) from None
    return "OK"


QUERY: Final[dict[str, Resolver]] = {"files": needs("read_file", _files)}
MUTATION: Final[dict[str, Resolver]] = {"upload_file": needs("upload_files", _upload)}
FIELDS: Final[dict[tuple[str, str], Resolver]] = {
    ("File", "file_store"): lambda file, _info: file.store,
    ("File", "file_name"): lambda file, _info: file.name,
    ("File", "text_contents"): lambda file, _info: file.content.decode(),
    ("File", "base64_contents"): lambda file, _info: b64encode(file.content).decode(),
}
