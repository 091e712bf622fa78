"""Video streaming against case v12 of e-footprint 27 and its defaults; the catalogue of models that make videos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.library.reading import evaluate, number
from tests.library.test_library import FILES, check

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger

MODEL = """
server media { ram = 256 GB; compute = 48 cpu_core; base_ram = 4 GB }
video_streaming films { server = media }
video_streaming lectures { server = media; bits_per_pixel = 0.06 bit/px }
video_streaming_job watch_film { service = films; resolution = std.video.pixels_3840x2160; video_duration = 95 min }
video_streaming_job watch_lecture {
  service = lectures; resolution = std.video.pixels_1280x720; video_duration = 42 min; refresh_rate = 25 Hz
  data_stored = 1 MB
}
video_streaming_job plain { service = films; resolution = std.video.pixels_1920x1080 }
step watching { jobs = [watch_film, watch_lecture, plain] }
"""
SCALARS = {
    "watch_film.request_duration": (95.0, "min"),
    "watch_film.dynamic_bitrate": (3.1104, "MB/s"),
    "watch_film.data_transferred": (17.729280000000003, "GB"),
    "watch_film.compute_needed": (0.012441599999999999, "cpu_core"),
    "watch_film.ram_needed": (50.0, "MB"),
    "watch_film.data_stored": (0.0, "MB"),
    "watch_lecture.request_duration": (42.0, "min"),
    "watch_lecture.dynamic_bitrate": (0.17279999999999998, "MB/s"),
    "watch_lecture.data_transferred": (0.435456, "GB"),
    "watch_lecture.compute_needed": (0.0006911999999999999, "cpu_core"),
    "watch_lecture.ram_needed": (50.0, "MB"),
    "plain.dynamic_bitrate": (0.7776, "MB/s"),
    "plain.request_duration": (1.0, "h"),
    "plain.data_transferred": (2.79936, "GB"),
    "plain.compute_needed": (0.0031104, "cpu_core"),
    "media.occupied_ram_per_instance": (8.0, "GB"),
    "media.available_ram_per_instance": (0.9 * 256 - 8, "GB"),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return evaluate(tmp_path_factory, MODEL)


@pytest.mark.parametrize("path", SCALARS)
def test_conforms_to_case_v12(ledger: Ledger, path: str) -> None:
    wanted, unit = SCALARS[path]
    assert number(ledger, path, unit) == pytest.approx(wanted, rel=1e-9)


def test_the_catalogue_of_video_models_is_whole() -> None:
    """17 models of eight providers on four servers; each names sizes at which it was measured."""
    files = [name for name in FILES if name.startswith("video_models/")]
    entities = {e.path: e for name in files for e in check(name).entities if e.span.file.name == f"stdlib/{name}"}
    models = [e for e in entities.values() if e.kind == "video_model"]
    assert len(files) == 9
    assert len(models) == 17
    assert sum(e.kind == "video_hardware" for e in entities.values()) == 4
    assert all(e.links["resolutions"] for e in models)
