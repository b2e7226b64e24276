"""Images: a file made here, in and out of every format, and what each method does to its pixels."""

import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from tracewright_ruff.libraries_gd import GD
from tracewright_testing.libraries import needs
from tracewright_testing.tiers import HOSTED, OFF, Tier, TierRunner

pytestmark = needs(GD)
TIERS = (OFF, HOSTED)
Pixels = list[list[tuple[int, int, int]]]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(path: Path, pixels: Pixels) -> None:
    raw = b"".join(b"\0" + b"".join(bytes(pixel) for pixel in row) for row in pixels)
    head = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    )


def read_bmp(path: Path) -> Pixels:
    """As the library writes them: 24 bits, without compression, from below."""
    data = path.read_bytes()
    start, (width, height) = struct.unpack_from("<I", data, 10)[0], struct.unpack_from("<ii", data, 18)
    assert struct.unpack_from("<H", data, 28)[0] == 24 and height > 0
    stride = (3 * width + 3) // 4 * 4
    rows = [data[start + y * stride : start + y * stride + 3 * width] for y in range(height)]
    return [[(row[3 * x + 2], row[3 * x + 1], row[3 * x]) for x in range(width)] for row in reversed(rows)]


PICTURE: Pixels = [[(40 * x, 60 * y, 100) for x in range(6)] for y in range(4)]


def run(tier: Tier, ruff: Path, folder: Path, text: str) -> list[str]:
    write_png(folder / "in.png", PICTURE)
    (folder / "program.ruff").write_text(f'img := load_image("in.png")\n{text}')
    outcome = TierRunner(tier, ruff).run_file(Path("program.ruff"), folder=str(folder))
    assert outcome.errors == "" and outcome.exit_code == 0, outcome
    return outcome.output.splitlines()


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_formats(tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    program = """
    print(img.width, img.height, img.format, type(img), img)
    for name in ["a.png", "a.jpg", "a.JPEG", "a.webp", "a.gif", "a.bmp"] {
        print(img.save(name))
        back := load_image(name)
        print(back.width, back.height, back.format)
    }
    print(gif_to_webp("a.gif", "b.webp"), load_image("b.webp").format)
    """
    lines = run(tier, ruff_executable, tmp_path, program)
    formats = ["png", "jpeg", "jpeg", "webp", "gif", "bmp"]
    saved = [line for name in formats for line in ("true", f"6 4 {name}")]
    assert lines == ["6 4 png image <unknown>", *saved, "true webp"]
    assert read_bmp(tmp_path / "a.bmp") == PICTURE


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_methods(tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    program = """
    img.rotate(90).save("90.bmp")
    img.rotate(180).save("180.bmp")
    img.rotate(270).save("270.bmp")
    img.flip("horizontal").save("horizontal.bmp")
    img.flip("vertical").save("vertical.bmp")
    img.crop(1, 2, 3, 9).save("crop.bmp")
    img.adjust_brightness(2).save("bright.bmp")
    img.adjust_contrast(0.5).save("contrast.bmp")
    img.to_grayscale().save("gray.bmp")
    img.resize(3, 2).save("small.bmp")
    img.blur(1.0).save("blur.bmp")
    img.blur(0).save("same.bmp")
    img.blur(100)
    img.resize(1, 50).blur(9)
    sizes := [img.resize(12, 4), img.resize(12, 4, "fit"), img.resize(3, 100, "fit"), img.resize(1, 1, "fit")]
    print(map(sizes, func(i) { return [i.width, i.height] }))
    """
    lines = run(tier, ruff_executable, tmp_path, program)
    assert lines == ["[[12, 4], [6, 4], [3, 2], [1, 1]]"]
    made = {path.stem: read_bmp(path) for path in tmp_path.glob("*.bmp")}
    clockwise = [list(column) for column in zip(*PICTURE[::-1], strict=True)]
    assert made["90"] == clockwise
    assert made["180"] == [row[::-1] for row in PICTURE[::-1]]
    assert made["270"] == [row[::-1] for row in clockwise[::-1]]
    assert made["horizontal"] == [row[::-1] for row in PICTURE]
    assert made["vertical"] == PICTURE[::-1]
    assert made["crop"] == [row[1:4] for row in PICTURE[2:4]]
    assert made["bright"] == [[tuple(min(2 * level, 255) for level in pixel) for pixel in row] for row in PICTURE]
    halved = [[tuple(int((level - 128) * 0.5 + 128.5) for level in pixel) for pixel in row] for row in PICTURE]
    assert made["contrast"] == halved
    assert all(red == green == blue for row in made["gray"] for red, green, blue in row)
    assert (len(made["small"][0]), len(made["small"])) == (3, 2)
    assert made["blur"] != PICTURE and made["same"] == PICTURE


def test_what_is_refused(ruff_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no image")
    (tmp_path / "damaged.gif").write_bytes(b"GIF89a")
    program = """
    for f in [
        func() { return load_image("missing.jpg") }, func() { return load_image("text.png") }, func() { return load_image("damaged.gif") }, func() { return load_image(1) },
        func() { return img.save("x.tiff") }, func() { return img.save("no/such/folder.png") }, func() { return img.save(1) }, func() { return img.rotate(45) },
        func() { return img.crop(6, 0, 1, 1) }, func() { return img.crop(0, 0, 0, 1) }, func() { return img.resize(0, 5) }, func() { return img.resize(60000, 60000) },
        func() { return img.resize(2, 2, "fill") }, func() { return img.flip("up") }, func() { return img.blur(-1) }, func() { return img.adjust_contrast("x") },
        func() { return img.depth }, func() { return gif_to_webp("in.png", "x.webp") }, func() { return gif_to_webp("in.png") },
    ] { try { print(f()) } except e { print(e.message) } }
    """
    assert run(OFF, ruff_executable, tmp_path, program) == [
        "Cannot load image 'missing.jpg': No such file or directory (os error 2)",
        "Cannot load image 'text.png': The image format could not be determined",
        "Cannot load image 'damaged.gif': it is no valid gif file",
        "load_image() requires a path string",
        "Cannot save image 'x.tiff': the format must be one of jpg, jpeg, png, webp, gif, bmp",
        "Cannot save image 'no/such/folder.png': No such file or directory (os error 2)",
        "save() requires a path string",
        "rotate() requires 90, 180 or 270 degrees",
        "crop() requires x, y, width and height inside of the image",
        "crop() requires x, y, width and height inside of the image",
        "resize() requires a positive width and height, not too large",
        "resize() requires a positive width and height, not too large",
        "resize() mode must be 'fit'",
        "flip() requires 'horizontal' or 'vertical'",
        "blur() requires a sigma between 0 and 100",
        "adjust_contrast() requires a factor between 0 and 256",
        "Cannot access field or method 'depth' on non-struct value",
        "Cannot load image 'in.png': it is no gif file",
        "gif_to_webp() requires an input and an output path string",
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk(ruff_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "full.png").symlink_to("/dev/full")
    lines = run(OFF, ruff_executable, tmp_path, 'try { img.save("full.png") } except e { print(e.message) }')
    assert lines == ["Cannot save image 'full.png': No space left on device (os error 28)"]


def test_images_that_are_dropped_are_freed(ruff_executable: Path, tmp_path: Path) -> None:
    """Each holds 4 MB outside of the heap; all of them together would not fit."""
    write_png(tmp_path / "in.png", PICTURE)
    (tmp_path / "program.ruff").write_text(
        'img := load_image("in.png").resize(1000, 1000)\nfor i in 400 { img := img.flip("vertical") }\nprint(img.width)'
    )
    limited = ["bash", "-c", 'ulimit -v 1500000; exec "$@"', "-", str(ruff_executable), "run", "program.ruff"]
    finished = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (finished.stdout, finished.stderr) == ("1000\n", "")
