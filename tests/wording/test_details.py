"""What the system says of a file is told in the user's words."""

from __future__ import annotations

import errno
import os

import pytest

from wording.details import os_detail
from wording.words import Words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "такого файла или папки нет"),
        (errno.EACCES, "нет прав"),
        (errno.ENOSPC, "на диске нет места"),
        (errno.ENOEXEC, "это не программа для этого компьютера"),
        (errno.EEXIST, "на этом месте уже есть файл"),
        (errno.EXDEV, f"ошибка системы {errno.EXDEV}"),
    ],
)
def test_no_english_of_the_system_is_left(number: int, said: str) -> None:
    assert said in os_detail(Words("ru"), OSError(number, os.strerror(number)))


def test_an_error_without_a_number_is_told_too() -> None:
    assert os_detail(Words("ru"), OSError("odd")) == "ошибка системы 0"
