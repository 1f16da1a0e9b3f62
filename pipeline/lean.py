"""Start Rasa without TensorFlow: ``python -m pipeline.lean train|run|test|shell|data validate|...``.

Rasa 3.6 imports TensorFlow in a dozen modules, but only subclasses and decorates with its names
there; nothing is computed unless DIET, TED, the ResponseSelector or a language-model featurizer is
configured, and Attune configures none of them. So while Rasa's modules are imported, a finder answers
for TensorFlow with stand-ins: modules whose every attribute is an inert class. Afterwards the finder and
the stand-ins are taken away again. From then on TensorFlow is simply "not installed", and Rasa's own
check says so in one sentence when a configured component needs it.

Where the real TensorFlow is installed, nothing is touched. See docs/adr/0001-lean-rasa.md.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types
from collections.abc import Iterator, Sequence

from attune.running.quiet import hush_deprecations, keep_words_out_of_reports
from attune.settings import load_settings
from pipeline import action_results

PACKAGES = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras")

# Every Rasa module that names TensorFlow is reached from these three.
RASA_MODULES = ("rasa.engine.recipes.default_components", "rasa.core.agent", "rasa.core.test")

NEED_TENSORFLOW = {
    "rasa.nlu.classifiers.diet_classifier": "DIETClassifier",
    "rasa.core.policies.ted_policy": "TEDPolicy",
}


class _InertMeta(type):
    """Lets an inert class stand wherever Rasa's modules put a TensorFlow name at import."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(f"{cls.__qualname__}.{name}")

    def __getitem__(cls, _item: object) -> type:
        return cls

    def __or__(cls, _other: object) -> type:  # type: ignore[override]  # `tf.Tensor | None` is never evaluated further
        return cls

    __ror__ = __or__

    def __call__(cls, *args: object, **kwargs: object) -> object:
        """Work as a decorator, bare or with arguments; a subclass is never instantiated."""
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return lambda decorated: decorated


def _inert(qualname: str) -> type:
    return _InertMeta(qualname.rpartition(".")[2], (), {"__qualname__": qualname})


class _StandIn(types.ModuleType):
    """A module in which every public name exists and is inert."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of the absent packages and their submodules."""

    def __init__(self, absent: Sequence[str]) -> None:
        self.absent = frozenset(absent)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self.absent:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: a stand-in makes its names when they are asked for."""


def absent_packages() -> list[str]:
    """Return the TensorFlow packages that this environment lacks; empty where Rasa was installed whole."""
    if importlib.util.find_spec("tensorflow") is not None:
        return []
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


@contextlib.contextmanager
def stand_ins() -> Iterator[None]:
    """Answer for the absent TensorFlow packages inside the ``with`` block, and for nothing afterwards."""
    absent = absent_packages()
    finder = _Finder(absent)
    if absent:
        sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if absent:
            sys.meta_path.remove(finder)
            for name in [name for name in sys.modules if name.partition(".")[0] in finder.absent]:
                del sys.modules[name]


def import_rasa() -> None:
    """Import Rasa; after this, ordinary ``import rasa...`` statements work anywhere in the process."""
    # Rasa reports usage and crashes to outside services unless told not to, before it is imported.
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Rasa 3.6 still uses SQLAlchemy's 1.4 interface on purpose.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    absent = absent_packages()
    with stand_ins():
        for module in RASA_MODULES:
            importlib.import_module(module)
    if absent:
        _declare_the_need()


def _declare_the_need() -> None:
    """Let Rasa's own check of required packages know which components compute with TensorFlow.

    Rasa never says so itself, as TensorFlow is a hard dependency of it. ResponseSelector and UnexpecTED inherit.
    """
    for module, name in NEED_TENSORFLOW.items():
        component = getattr(importlib.import_module(module), name)
        component.required_packages = staticmethod(lambda: ["tensorflow"])


def main() -> None:
    """Run Rasa's own command line, with every setting resolved for the ${...} of Rasa's YAML files."""
    load_settings().publish()
    hush_deprecations()
    keep_words_out_of_reports()
    import_rasa()
    action_results.install()
    from rasa.__main__ import main as rasa_main
    from rasa.engine.exceptions import GraphSchemaValidationException

    try:
        rasa_main()
    except GraphSchemaValidationException as error:
        sys.exit(f"attune: config.yml: {error} Take the component out, or run Rasa whole (docs/adr/0001-lean-rasa.md).")


if __name__ == "__main__":
    main()
