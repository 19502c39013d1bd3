"""What the criteria of pruning share: their options, their source, the text about their stages."""

from __future__ import annotations

from pdel.methods.base import Citation, Option

CITATION = Citation(
    key="chen2026",
    text="Chen, Chen, Guo and Zhong, Unlearning noise in PINNs: a selective pruning framework for PDE inverse "
    "problems, arXiv:2602.19967 (2026)",
    bibtex="""\
@misc{chen2026,
  author = {Chen, Yongsheng and Chen, Yong and Guo, Wei and Zhong, Xinghui},
  title  = {Unlearning Noise in {PINNs}: A Selective Pruning Framework for {PDE} Inverse Problems},
  year   = {2026},
  eprint = {2602.19967},
  archiveprefix = {arXiv}
}""",
)

OPTIONS = (
    Option("fraction", 0.05, "share of a layer's neurons that a round prunes at most", above=0, below=1),
    Option("rounds", 20, "rounds of every layer; 1 prunes in a single step", at_least=1, at_most=10_000),
    Option("layers", 0, "number of hidden layers to prune, from the first; 0 for all", at_least=0, at_most=1000),
    Option("partition", "mixture", "how observations are told apart", choices=("mixture", "indicator")),
    Option("threshold", 0.0, "value of the indicator from which an observation is flagged", at_least=0),
    Option("score_data", 1.0, "what the squared misfit counts in the indicator", at_least=0),
    Option("score_residual", 1e-3, "what the squared residual counts in the indicator", at_least=0),
    Option(
        "reduce",
        0.0,
        "weight of the equations in fine-tuning in units of that before; 0 for 1 where `sigma` is stated, else 0.1",
        at_least=0,
        at_most=1,
    ),
    Option("held_out", 0.1, "share of the retained observations that only choose the network", above=0, at_most=0.5),
)

STAGES = """\
A criterion of pruning after training on data of which some are corrupted. The other stages are those of
`prune bias`: partition of the observations, pruning layer by layer, fine-tuning, controls."""


UNMEASURED = """\
One run each on two problems
with an unknown field (bench/pruning/criteria.md): on the first every criterion gained 1.4 to 4.4 times over no pruning,
random neurons as much as any; on the second every one cost, those that prune least the least."""


def criterion(formula: str, measured: str = UNMEASURED) -> str:
    """The description of a criterion beside `bias`: what it is, and what was measured."""
    return f"""\
{STAGES}

{formula} Neurons with the largest importance are pruned, `fraction` of a layer in
each of `rounds`, as long as it is positive.

When to use it: to compare with `bias`, whose entry says when pruning helps. {measured}

Cost: that of `prune bias`."""
