"""The methods that a problem uses, and where each was published."""

from __future__ import annotations

from collections.abc import Iterator

from pdel import __version__
from pdel.methods.base import Citation, Method
from pdel.methods.registry import find
from pdel.plan.plan import Plan
from pdel.semantics.problem import Problem

PDEL = Citation(
    key="pdel",
    text=f"pdel {__version__}, a compiler from text specifications of partial differential equations to torch modules",
    bibtex=f"""\
@software{{pdel,
  title   = {{pdel: A compiler from text specifications of partial differential equations to standalone torch
             training modules}},
  version = {{{__version__}}}
}}""",
)

TORCH = Citation(
    key="paszke2019",
    text="Paszke et al., PyTorch: an imperative style, high-performance deep learning library, NeurIPS (2019)",
    bibtex="""\
@inproceedings{paszke2019,
  author    = {Paszke, Adam and Gross, Sam and Massa, Francisco and Lerer, Adam and Bradbury, James and Chanan,
               Gregory and Killeen, Trevor and Lin, Zeming and Gimelshein, Natalia and Antiga, Luca and others},
  title     = {{PyTorch}: An Imperative Style, High-Performance Deep Learning Library},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {32},
  year      = {2019}
}""",
)


def methods_in_use(problem: Problem, plan: Plan) -> tuple[Method, ...]:
    """The methods of a module, each once: those that the specification names, and those that the plan chose."""
    return tuple(dict.fromkeys(method for method in map(_found, _uses(problem, plan)) if method is not None))


def _found(use: tuple[str, str]) -> Method | None:
    return find(*use)


def _uses(problem: Problem, plan: Plan) -> Iterator[tuple[str, str]]:
    """(family, name) pairs in the order of the method's section of a page."""
    yield "network", plan.network.method.name
    if plan.network.mask is not None:
        yield "mask", plan.network.mask.name
    for way in ("exactly", "softly"):
        if any(way in condition.enforcement.split(", ") for condition in plan.conditions):
            yield "enforce", way
    for points in plan.point_sets:
        yield "sample", points.sampler.name
    if plan.resample is not None:
        yield "resample", plan.resample.name
    for choice in problem.methods:
        for call in choice.calls:
            yield choice.family, call.name
    for phase in plan.all_phases:
        yield "train", phase.name
    yield "precision", plan.precision


def citations(problem: Problem, plan: Plan) -> tuple[Citation, ...]:
    """The publications of the methods in use, each once, then torch and pdel."""
    published = [method.citation for method in methods_in_use(problem, plan) if method.citation is not None]
    return tuple({citation.key: citation for citation in (*published, TORCH, PDEL)}.values())


def bibliography(problem: Problem, plan: Plan) -> str:
    """BibTeX for exactly the methods in use, torch and pdel."""
    return "\n\n".join(citation.bibtex.strip() for citation in citations(problem, plan)) + "\n"
