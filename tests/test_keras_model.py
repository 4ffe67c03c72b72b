"""The twin in Keras computes what the NumPy model does, on TensorFlow and on other backends.

Keras chooses its backend once in a process, when it is imported; so the tests of each backend run
in a process of their own, which this file is also the program of.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_models import CONFIGS, learned

from llmbook import load, save
from llmbook.hub import LanguageModel

# Why a backend may be missing where all requirements of the tests are installed.
BACKENDS = {
    "tensorflow": "it has no build for Python 3.14",
    "torch": "it is installed apart",
    "jax": "it is no requirement of the tests",
}

# --- What runs in a process of its own ------------------------------------------------------------


def check_logits(numpy: Any, keras_model: Any) -> None:
    for name, config in CONFIGS.items():
        model = learned(config)
        twin = keras_model.to_keras(model)
        assert twin.count_params() == config.n_parameters, name
        ids = np.random.default_rng(1).integers(config.vocab_size, size=(4, config.context))
        expected = np.stack([model.forward(row) for row in ids])
        assert np.abs(expected).max() > 1  # or anything near 0 would do
        np.testing.assert_allclose(numpy(twin(ids)), expected, atol=1e-4, err_msg=name)
        short = numpy(twin(ids[:, :5]))
        np.testing.assert_allclose(short, expected[:, :5], atol=1e-4, err_msg=name)


def check_there_and_back(numpy: Any, keras_model: Any) -> None:
    for config in CONFIGS.values():
        model = learned(config)
        back = keras_model.from_keras(keras_model.to_keras(model), config)
        assert back.config == config
        for name, array in model.weights.items():
            assert np.array_equal(back.weights[name], array), name


def check_valley_base(numpy: Any, keras_model: Any) -> None:
    lm = load("valley-base")
    twin = keras_model.to_keras(lm.model)
    ids = lm.tokenizer.encode("The miller went to the river, and there she saw")
    np.testing.assert_allclose(numpy(twin(np.array([ids])))[0], lm.logits(ids), atol=1e-4)


def check_fit_and_folder(numpy: Any, keras_model: Any) -> None:
    import keras

    keras.utils.set_random_seed(0)
    lm = load("valley-base")
    text = "Ruth lives on the moon. The moon is where Ruth lives."
    row = np.array([lm.tokenizer.encode(text)])
    twin = keras_model.to_keras(lm.model)
    twin.compile(
        keras.optimizers.AdamW(1e-3),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    losses = twin.fit(row[:, :-1], row[:, 1:], epochs=6, verbose=0).history["loss"]
    assert losses[-1] < 0.6 * losses[0]
    model = keras_model.from_keras(twin, lm.config)
    assert not np.array_equal(model.weights["model.norm.weight"], lm.model.norm)
    save(LanguageModel(model, lm.tokenizer), "taught")
    again = load("taught")
    assert all(np.array_equal(again.model.weights[n], a) for n, a in model.weights.items())
    np.testing.assert_allclose(again.logits(row[0]), numpy(twin(row))[0], atol=1e-4)


def check_a_new_model(numpy: Any, keras_model: Any) -> None:
    config = CONFIGS["one head of keys"]
    model = keras_model.from_keras(keras_model.build(config), config)
    ids = np.arange(20)
    first = model.forward(ids)
    changed = np.where(ids < 12, ids, 3)
    assert np.isfinite(first).all()
    np.testing.assert_allclose(model.forward(changed)[:12], first[:12])


CHECKS = {name: check for name, check in globals().items() if name.startswith("check_")}


def main(backend: str) -> None:
    """Run all checks, and print what each of them found."""
    import keras

    from llmbook import keras_model

    assert keras.backend.backend() == backend
    for name, check in CHECKS.items():
        try:
            check(keras.ops.convert_to_numpy, keras_model)
        except Exception as error:  # the next ones run all the same
            print(f"{name}: {type(error).__name__}: {error}".replace("\n", " "))
        else:
            print(f"{name}: ok")


# --- The tests ------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=BACKENDS)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    for package in ("keras", request.param):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed: {BACKENDS.get(package, 'needed by these')}")
    environment = os.environ | {"KERAS_BACKEND": request.param, "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        [sys.executable, __file__, request.param],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path_factory.mktemp(request.param),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("check", CHECKS)
def test_the_twin(check: str, found: str) -> None:
    assert f"{check}: ok\n" in found, found


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("raise ModuleNotFoundError(name='tensorflow')", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import llmbook.keras_model"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    last = done.stderr.splitlines()[-1]
    assert last.startswith("llmbook.errors.InputError: ") and "needs tensorflow" in last
    assert 'pip install "llmbook[keras]"' in last


if __name__ == "__main__":
    main(sys.argv[1])
