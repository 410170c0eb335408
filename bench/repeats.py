"""Finds repeated passages among 20,000 achievement reports: time to take them in, to ask about one, memory, misses.

usage: python bench/repeats.py [--texts N]        (part of `make bench`; writes only with the full number)

Reports are drawn: formulae of official language that all share, own works and figures, two pages each. A hundred asked
reports copy two sentences of another one, one of them with words changed; a hundred copy nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).parent))

from pages import write
from work_names import place, where, work_name

from thidua.rules.repeats import Store, compare, fingerprints, words_of

HEAD = "## Báo cáo chép nhau"
FULL = 20_000
ASKED = 100
FORMULAE = (
    "Trong những năm qua, được sự quan tâm lãnh đạo, chỉ đạo của cấp ủy, chính quyền và sự phối hợp của các ban, ngành,"
    " đoàn thể, tập thể luôn đoàn kết, nỗ lực phấn đấu hoàn thành tốt nhiệm vụ được giao",
    "Bản thân luôn chấp hành nghiêm chủ trương của Đảng, chính sách, pháp luật của Nhà nước, nội quy, quy chế của cơ"
    " quan",
    "Tích cực tham gia các phong trào thi đua, các cuộc vận động do cơ quan và các tổ chức đoàn thể phát động",
    "Thường xuyên học tập, nâng cao trình độ chuyên môn, nghiệp vụ, đáp ứng yêu cầu nhiệm vụ trong tình hình mới",
    "Giữ gìn đoàn kết nội bộ, thực hiện tốt quy chế dân chủ ở cơ sở, chăm lo đời sống vật chất, tinh thần cho người"
    " lao động",
    "Thực hiện tốt công tác phòng, chống tham nhũng, tiêu cực, thực hành tiết kiệm, chống lãng phí",
    "Gia đình chấp hành tốt quy định của địa phương nơi cư trú, nhiều năm liền đạt danh hiệu gia đình văn hóa",
    "Từ những kết quả nêu trên, kính đề nghị Hội đồng Thi đua - Khen thưởng các cấp xem xét, khen thưởng theo quy định",
)


# Own sentences: words of everyday prose in any order, so that what two of them share is no chance.
WORDS = sorted(set(re.findall(r"[^\W\d_]+", (Path(__file__).parent / "prose.txt").read_text(encoding="utf-8").lower())))


def sentence(draw: random.Random) -> str:
    told = [" ".join(draw.choices(WORDS, k=draw.randint(3, 6))) for _ in range(draw.randint(3, 5))]
    pieces = [*told, work_name(draw), f"{draw.randint(2, 900)} hộ {where(draw)}"]
    draw.shuffle(pieces)
    return f"{place(draw)}: {', '.join(pieces)}"


def report(number: int) -> str:
    """Two pages: about half formulae."""
    draw = random.Random(number)
    lines = [sentence(draw) for _ in range(draw.randint(8, 16))]
    lines += draw.choices(FORMULAE, k=draw.randint(8, 14))
    draw.shuffle(lines)
    return "BÁO CÁO THÀNH TÍCH\n" + ".\n".join(lines) + "."


def copied(other: str, draw: random.Random) -> tuple[str, str]:
    """Two own sentences of another report, the second with every ninth word changed."""
    own = [line for line in other.splitlines()[1:] if line.rstrip(".") not in FORMULAE]
    first, second = draw.sample(own, 2)
    changed = [word if n % 9 else "đã" for n, word in enumerate(second.split(), 1)]
    return first, " ".join(changed)


def asked(count: int, texts: int) -> Iterator[tuple[str, str | None]]:
    """Reports with the reference of the one they copy from, and as many that copy from none."""
    draw = random.Random(7)
    for n in range(count):
        source = draw.randrange(texts)
        yield f"{report(10_000_000 + n)}\n{' '.join(copied(report(source), draw))}", str(source)
        yield report(20_000_000 + n), None


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def measure(texts: int) -> list[str]:
    raw = [report(n) for n in range(texts)]
    characters = statistics.mean(map(len, raw))
    before = megabytes()
    store = Store(lambda ref: raw[int(ref)])
    began = time.process_time()
    for n, text in enumerate(raw):
        store.add(str(n), text)
    store.settle()
    taken_in, held = time.process_time() - began, megabytes() - before
    times, found, wrong = _ask(store, list(asked(ASKED, texts)))
    one, other = words_of(raw[0]), words_of(raw[1])
    by_letters = _per_call(lambda: fuzz.partial_ratio(raw[0], raw[1]))
    return [
        HEAD,
        "",
        f"{_grouped(texts)} báo cáo thành tích được sinh ra, trung bình {_grouped(round(characters))} ký tự, một nửa "
        f"là câu chữ chung của mọi báo cáo. {ASKED} báo cáo chép hai câu của một báo cáo khác, câu sau bị đổi cứ chín "
        f"chữ một chữ; {ASKED} báo cáo không chép. Thời gian là của bộ xử lý, một lõi. Chạy riêng: "
        "`python bench/repeats.py`.",
        "",
        "| Việc | Đo được |",
        "|---|---:|",
        f"| Nhận vào {_grouped(texts)} báo cáo | {_decimal(taken_in)} giây ({_decimal(1000 * taken_in / texts)} ms"
        f" một báo cáo) |",
        f"| Bộ nhớ của chỉ mục, không kể văn bản | {round(held)} MB |",
        f"| Hỏi một báo cáo: trung vị / phân vị 95 | {_decimal(statistics.median(times))} / {_decimal(_p95(times))}"
        f" ms |",
        f"| Tìm ra báo cáo bị chép | {found} trên {ASKED} |",
        f"| Báo cáo không chép mà bị nêu | {wrong} trên {ASKED} |",
        f"| So hai báo cáo từng chữ, có vị trí | {_decimal(_per_call(lambda: compare(one, other)))} ms |",
        f"| Cùng việc bằng `rapidfuzz.fuzz.partial_ratio`, không có vị trí từng đoạn | {_decimal(by_letters)} ms |",
        f"| Dấu vết giữ lại của một báo cáo | {len(fingerprints(one.words))} số trên {len(one.words)} từ |",
        "",
        f"Tải trung bình của máy khi đo: {_decimal(os.getloadavg()[0])}.",
        "",
    ]


def _ask(store: Store, reports: list[tuple[str, str | None]]) -> tuple[list[float], int, int]:
    times, found, wrong = [], 0, 0
    for text, source in reports:
        began = time.process_time()
        repeats = store.repeats(text)
        times.append(1000 * (time.process_time() - began))
        found += source is not None and source in [one.ref for one in repeats]
        wrong += source is None and bool(repeats)
    return times, found, wrong


def _per_call(do: object, rounds: int = 20) -> float:
    began = time.process_time()
    for _ in range(rounds):
        do()  # type: ignore[operator]
    return 1000 * (time.process_time() - began) / rounds


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") if value < 100 else _grouped(round(value))


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--texts", type=int, default=FULL)
    texts = ask.parse_args().texts
    lines = measure(texts)
    if texts == FULL:
        write(lines)
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
