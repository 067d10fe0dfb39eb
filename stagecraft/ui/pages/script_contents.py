"""What the script page shows, worked out of its rows: matrix, absent people, sentences. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stagecraft.domain.breakdown import act_pages, estimate, page_count, totals
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.times import day_text, duration_text
from stagecraft.queries.calendar import AvailabilityRow
from stagecraft.queries.script import ActRow, ParticipationRow, SceneRow, ScriptRows, TrackRow
from stagecraft.ui.widgets.breakdown_layout import Content, Line, MatrixAct, MatrixColumn, MatrixRow
from stagecraft.ui.words import count_text, span_text, time_text

Key = tuple[str, int]
"""Who can be absent: ("person", id), or ("track", id) while nobody is in the track."""


def absent_key(track: TrackRow) -> Key:
    """Who is missing when this track is."""
    return ("track", track.id) if track.person_id is None else ("person", track.person_id)


def absent_choices(tracks: Iterable[TrackRow]) -> list[tuple[Key, str]]:
    """Everybody who can be left out, by the order of their tracks: `Karen Cartwright`, `Nick, not cast`."""
    found: dict[Key, str] = {}
    for track in tracks:
        found.setdefault(absent_key(track), track.person or f"{track.name}, not cast")
    return list(found.items())


def absent_tracks(tracks: Iterable[TrackRow], absent: Iterable[object]) -> frozenset[int]:
    """Tracks of the absent; a person in two tracks is missing from both."""
    missing = set(absent)
    return frozenset(track.id for track in tracks if absent_key(track) in missing)


def away_words(name: str, row: AvailabilityRow, day_starts: int) -> str:
    """`Jimmy from 5:00p`, `Lena until 1:00p`, `Sol`: who is away, and when where it is not the whole day."""
    late, early = row.starts_wall > day_starts, row.ends_wall < day_starts + 24 * 60
    if late and early:
        return f"{name} {span_text(row.starts_wall, row.ends_wall)}"
    if late:
        return f"{name} from {time_text(row.starts_wall)}"
    return f"{name} until {time_text(row.ends_wall)}" if early else name


def whole_scene_marks(marks: Iterable[ParticipationRow]) -> dict[tuple[int, int], str]:
    """A mark per scene and track: that of the whole scene, else the first of its French scenes."""
    found: dict[tuple[int, int], str] = {}
    for row in sorted(marks, key=lambda row: row.french_scene_id or 0):
        found.setdefault((row.scene_id, row.track_id), row.mark)
    return found


def content_of(
    rows: ScriptRows, *, people_first: bool, absent: frozenset[int], full: frozenset[int]
) -> Content:
    """The matrix of these rows."""
    lines: list[Line] = []
    for act in rows.acts:
        scenes = [scene for scene in rows.scenes if scene.act_id == act.id]
        lines.append(MatrixAct(act.id, act.name, act_detail(act, scenes)))
        lines.extend(_line(scene) for scene in scenes)
    if rows.scenes:
        lines.append("scenes")
    columns = [_column(track, people_first=people_first) for track in rows.tracks]
    return Content(columns, lines, whole_scene_marks(rows.marks), totals(rows.units), absent, full)


def _line(scene: SceneRow) -> MatrixRow:
    cut = [number for number in scene.numbers if number.status == "cut"]
    song = scene.song or (cut[0].title if cut else "")
    return MatrixRow(
        scene=scene.id,
        act=scene.act_id,
        number=scene.number,
        pages=scene.pages,
        place=scene.title,
        song=song,
        minutes=scene.minutes,
        cut=scene.cut,
        song_cut=not scene.song and bool(cut),
    )


def _column(track: TrackRow, *, people_first: bool) -> MatrixColumn:
    words = f"{track.role or track.code}, {track.person or 'not cast'}"
    if people_first:
        return MatrixColumn(track.id, track.person_short or "not cast", track.name, words)
    return MatrixColumn(track.id, track.name, track.person_short, words)


def act_detail(act: ActRow, scenes: Sequence[SceneRow]) -> str:
    """`pp. 1–47 · 1 h 16 measured`, `pp. 48–77 · about 48 min, from pages`."""
    live = [scene for scene in scenes if not scene.cut]
    pages = act_pages((scene.page_from, scene.page_to) for scene in live)
    parts = [f"pp. {pages}"] if pages else []
    known = [(page_count(s.page_from, s.page_to), s.minutes) for s in live if s.minutes is not None]
    open_pages = sum(page_count(s.page_from, s.page_to) for s in live if s.minutes is None)
    if act.minutes is not None:
        parts.append(f"{duration_text(act.minutes)} measured")
    elif known:
        rest = estimate(open_pages, known) or 0
        total = sum(minutes for _, minutes in known) + rest
        parts.append(
            f"about {duration_text(total)}, from pages" if rest else f"{duration_text(total)} by scenes"
        )
    if not live:
        parts.append("no scenes yet")
    return " · ".join(parts)


def people_words(tracks: Sequence[TrackRow], inside: Iterable[int], *, most: int = 4) -> str:
    """`Lena, Omar, the ensemble`: who is in it, by the names used on calls; an ensemble all in it is said in one."""
    wanted = set(inside)
    here = [track for track in tracks if track.id in wanted]
    if len(here) == len(tracks) > 2:
        return "everyone"
    ensemble = [track for track in tracks if track.kind == "ensemble"]
    whole = len(ensemble) > 2 and all(track.id in wanted for track in ensemble)
    names = [track.person_short or track.name for track in here if not (whole and track.kind == "ensemble")]
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    return ", ".join([*names, "the ensemble"] if whole else names)


def worked_words(rows: ScriptRows, scene: int) -> str:
    """`never`, `Thu 21 Jan, music`: when it was last called, and for what if not staging."""
    if scene not in rows.worked:
        return "never"
    day, kind = rows.worked[scene]
    word = "choreo" if kind == "choreography" else KINDS[kind].word if kind in KINDS else kind
    return day_text(day) if kind == "staging" else f"{day_text(day)}, {word}"


def minutes_words(rows: ScriptRows, scenes: Iterable[int]) -> str:
    """`4 scenes, 33 min`; scenes without minutes are said."""
    wanted = set(scenes)
    found = [scene for scene in rows.scenes if scene.id in wanted]
    text = f"{count_text(len(found), 'scene')}, {sum(scene.minutes or 0 for scene in found)} min"
    unknown = sum(scene.minutes is None for scene in found)
    return f"{text} and {unknown} not timed" if unknown else text


def split_pages(text: str) -> tuple[str, str]:
    """First and last page of `14–19`, `14-19`, `34A`, or nothing."""
    bare = text.strip().removeprefix("pp.").removeprefix("p.").strip()
    for dash in ("–", "—", "-"):
        if dash in bare:
            first, last = (part.strip() for part in bare.split(dash, 1))
            return first, last
    return bare, bare
