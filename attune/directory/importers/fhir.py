"""FHIR R4 Plan-Net: a Bundle, NDJSON, one resource a file in a folder, or one resource.

One Practitioner with all their roles becomes one listing. docs/directory-mapping.md says field by field what goes where.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attune.directory.importers import dig
from attune.directory.importers.fhir_parts import practitioner_part, role_part
from attune.directory.importers.json_file import objects
from attune.directory.importers.record import Record
from attune.directory.problems import BadFileError

OWN = "urn:attune:listing"  # the extension in which an export keeps what Plan-Net has no place for
_TYPES = ("Practitioner", "PractitionerRole", "Location", "HealthcareService", "Organization")
Resources = dict[str, dict[str, tuple[int, Mapping[str, Any]]]]


def records(path: Path, encoding: str | None = None) -> Iterator[Record]:
    """Yield a record for each active practitioner of `path`, then one for each role that leads to nobody.

    Raises:
        BadFileError: When the files cannot be read or hold no FHIR resource.
    """
    resources = _gather(path, encoding)
    people, roles = resources["Practitioner"], _roles(resources)
    for key, (line, person) in people.items():
        if person.get("active") is not False:
            yield _record(line, person, roles.pop(key, []), resources)
        else:
            roles.pop(key, None)
    for reference, orphans in roles.items():
        for line, role in orphans:
            why = f"names Practitioner/{reference}, which is not there" if reference else "names no practitioner"
            yield Record(line, {"id": dig.text(role, "id")}, refused=f"is a PractitionerRole that {why}")


def _gather(path: Path, encoding: str | None) -> Resources:
    resources: Resources = {kind: {} for kind in _TYPES}
    seen: dict[str, int] = {}
    files = sorted(path.glob("*.json")) + sorted(path.glob("*.ndjson")) if path.is_dir() else [path]
    number = 0
    for file in files:
        for line, value in objects(file, encoding):
            number += 1
            for place, resource in _resources(value, line if len(files) == 1 else number):
                kind = dig.text(resource, "resourceType")
                seen[kind] = seen.get(kind, 0) + 1
                if kind in resources and dig.text(resource, "id"):
                    resources[kind].setdefault(dig.text(resource, "id"), (place, resource))
    if not seen.keys() - {""}:
        raise BadFileError(f"{path.name}: no FHIR resource in it (nothing has a `resourceType`)")
    if not resources["Practitioner"] and not resources["PractitionerRole"]:
        found = ", ".join(f"{count} {kind}" for kind, count in sorted(seen.items()) if kind)
        raise BadFileError(f"{path.name}: no Practitioner in it (found: {found}); nothing to list")
    return resources


def _resources(value: Any, line: int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if not isinstance(value, Mapping):
        return
    if value.get("resourceType") != "Bundle":
        yield line, value
        return
    for number, entry in enumerate(dig.items(value, "entry"), 1):
        resource = dig.child(entry, "resource")
        if resource:
            yield number, resource


def _roles(resources: Resources) -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
    roles: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for line, role in resources["PractitionerRole"].values():
        if role.get("active") is not False:
            roles.setdefault(_target(dig.child(role, "practitioner")), []).append((line, role))
    return roles


def _target(reference: Mapping[str, Any]) -> str:
    """Return the id of a reference such as `Practitioner/17`, `https://host/fhir/Practitioner/17` or `urn:uuid:...`."""
    return dig.text(reference, "reference").split("/_history/")[0].rsplit("/", 1)[-1].removeprefix("urn:uuid:")


def _record(line: int, person: Mapping[str, Any], roles: list[tuple[int, Mapping[str, Any]]], resources: Resources) -> Record:
    notes: list[tuple[str, Any, str]] = []
    linked: list[dict[str, list[Mapping[str, Any]]]] = []
    for _, role in roles:
        found: dict[str, list[Mapping[str, Any]]] = {"Location": [], "HealthcareService": []}
        _follow(role, resources, found, notes)
        for service in list(found["HealthcareService"]):
            _follow(service, resources, found, notes)
        linked.append(found)
    data = practitioner_part(person)
    for (_, role), found in zip(roles, linked, strict=True):
        role_part(data, role, found["Location"], found["HealthcareService"])
    _own_part(data, person, notes)
    return Record(line, dig.without_empty(data), tuple(notes))


def _follow(
    start: Mapping[str, Any], resources: Resources, found: dict[str, list[Mapping[str, Any]]], notes: list[tuple[str, Any, str]]
) -> None:
    """Collect the locations and services that `start` refers to; what is not there becomes a note."""
    for name, kind in (("location", "Location"), ("healthcareService", "HealthcareService")):
        for reference in dig.items(start, name):
            key = _target(reference)
            if key in resources[kind]:
                resource = resources[kind][key][1]
                if resource not in found[kind]:
                    found[kind].append(resource)
            elif key:
                notes.append((name, f"{kind}/{key}", "is not in the file"))


def _own_part(data: dict[str, Any], person: Mapping[str, Any], notes: list[tuple[str, Any, str]]) -> None:
    """Take what an export of ours kept in its extension; it is checked like anything else."""
    for extension in dig.items(person, "extension"):
        if extension.get("url") == OWN:
            try:
                own = json.loads(dig.text(extension, "valueString"))
                data.update(own)
            except (ValueError, TypeError, RecursionError):
                notes.append(("extension", dig.text(extension, "valueString")[:60], f"is not what {OWN} holds"))
