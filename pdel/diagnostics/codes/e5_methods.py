"""Codes of the family E5: methods and options."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

ROD = """\
problem rod

space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0  on x = 0, x = 1
initial profile: u = sin(pi*x)

"""
"""A small problem that method statements are added to."""

UNKNOWN = ROD.replace("field u(x, t)", "field u(x, t)\nunknown k(x) in [0.1, 10]").replace("u_xx", "d(k*u_x, x)")
"""The same with an unknown field."""

SENSORS = 'data sensors: u from "readings.csv"\n'
READINGS = (("readings.csv", "x,t,u\n0.5,0,1\n0.5,1,0\n"),)
"""Observations of that problem."""

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E501",
        title="An unknown statement",
        explanation=(
            "The first word of a line is neither a statement of the physics (`space`, `field`, `equation`, …) nor a\n"
            "family of methods (`network`, `mask`, `enforce`, `sample`, `weigh`, `march`, `train`, `precision`,\n"
            "`seed`, `compile`).\n"
            "A line that continues the one before it has to be indented."
        ),
        bad=ROD + "trian adam\n",
        good=ROD + "train adam\n",
    ),
    CodeInfo(
        code="E502",
        title="A method that is not built yet",
        explanation=(
            "The language has this method, this version of pdel does not. Nothing else is used in its place silently:\n"
            "remove the line, or choose another method."
        ),
        bad=ROD + "decompose boxes\n",
        good=ROD + "network mlp\n",
    ),
    CodeInfo(
        code="E503",
        title="An unknown method",
        explanation="The family exists, but none of its methods has this name. The help lists those there are.",
        bad=ROD + "train adm\n",
        good=ROD + "train adam\n",
    ),
    CodeInfo(
        code="E504",
        title="An unknown option",
        explanation=(
            "The method has no option of this name. A misspelt option would otherwise be passed over and its default\n"
            "used instead."
        ),
        bad=ROD + "network mlp(widht = 32)\n",
        good=ROD + "network mlp(width = 32)\n",
    ),
    CodeInfo(
        code="E505",
        title="An option given twice",
        explanation="One call gives the same option two values. Keep one of them.",
        bad=ROD + "network mlp(width = 32, width = 64)\n",
        good=ROD + "network mlp(width = 32)\n",
    ),
    CodeInfo(
        code="E506",
        title="The wrong kind of value",
        explanation=(
            "An option takes a number, a whole number, a name, or `true` or `false`. Values are written out: options\n"
            "are not computed, and constants of the problem are not looked up."
        ),
        bad=ROD + "train adam(steps = many)\n",
        good=ROD + "train adam(steps = 10_000)\n",
    ),
    CodeInfo(
        code="E507",
        title="A value out of range",
        explanation=(
            "The option's value is of the right kind, but not among those that make sense. The help gives the\nrange."
        ),
        bad=ROD + "network mlp(width = 0)\n",
        good=ROD + "network mlp(width = 1)\n",
    ),
    CodeInfo(
        code="E508",
        title="An option without its name",
        explanation="Options are named, so that a line can be read without knowing their order: `mlp(width = 32)`.",
        bad=ROD + "network mlp(32)\n",
        good=ROD + "network mlp(width = 32)\n",
    ),
    CodeInfo(
        code="E509",
        title="`then` outside `train`",
        explanation="Only phases of training follow each other. Of every other family one method is chosen.",
        bad=ROD + "network mlp then siren\n",
        good=ROD + "train adam then lbfgs\n",
    ),
    CodeInfo(
        code="E510",
        title="A wrong target",
        explanation=(
            "The names between a family and the colon say what a method is for: `enforce` takes names of conditions,\n"
            "`sample` those and `interior`, `weigh` names of conditions and equations, the others none."
        ),
        bad=ROD + "enforce end: softly\n",
        good=ROD + "enforce ends: softly\n",
    ),
    CodeInfo(
        code="E511",
        title="A number missing or not wanted",
        explanation="`seed` and `weigh` take a number; every other family takes a method by its name.",
        bad=ROD + "seed seven\n",
        good=ROD + "seed 7\n",
    ),
    CodeInfo(
        code="E512",
        title="A choice made twice",
        explanation=(
            "Two statements of one family choose for the same target, or both for everything. One with a target\n"
            "beside one without is fine: the target's own choice counts."
        ),
        bad=ROD + "seed 7\nseed 8\n",
        good=ROD + "seed 7\n",
    ),
    CodeInfo(
        code="E513",
        title="`prune` in `train` without a statement `prune`",
        explanation=(
            "`then prune then` says when neurons are pruned; which observations decide, and by which criterion, says\n"
            "the statement `prune NAME: bias`. One without the other has nothing to do."
        ),
        bad=ROD + "train adam then prune then adam\n",
        good=ROD + SENSORS + "prune sensors: bias\ntrain adam then prune then adam\n",
        files=READINGS,
    ),
    CodeInfo(
        code="E514",
        title="`prune` at a wrong place in `train`",
        explanation=(
            "Pruning needs a network that is trained on all observations before, and fine-tuning on those retained\n"
            "behind: `prune` stands once, between phases. Without `prune` in `train` it comes last, followed by a\n"
            "quarter of the steps."
        ),
        bad=ROD + SENSORS + "prune sensors: bias\ntrain adam then prune\n",
        good=ROD + SENSORS + "prune sensors: bias\ntrain adam then prune then adam(steps = 2000)\n",
        files=READINGS,
    ),
    CodeInfo(
        code="E515",
        title="A threshold without the indicator, or the indicator without one",
        explanation=(
            "`partition = indicator` flags observations whose indicator reaches `threshold`, which has no default\n"
            "that would suit two problems. `partition = mixture`, the default, finds its own limit."
        ),
        bad=ROD + SENSORS + "prune sensors: bias(partition = indicator)\n",
        good=ROD + SENSORS + "prune sensors: bias(partition = indicator, threshold = 0.05)\n",
        files=READINGS,
    ),
    CodeInfo(
        code="E516",
        title="A network that cannot be pruned",
        explanation=(
            "A neuron is removed with its row of weights and the column of the layer that reads it. In the network\n"
            "`modified` all layers are multiplied by the same gates, neuron by neuron, so none can be removed from\n"
            "one layer alone. In `residual` the inner layers of the blocks are pruned. Nor can `factorised`\n"
            "weights be pruned: what is trained is not the rows and columns that would go."
        ),
        bad=ROD + SENSORS + "network modified\nprune sensors: bias\n",
        good=ROD + SENSORS + "network mlp\nprune sensors: bias\n",
        files=READINGS,
    ),
    CodeInfo(
        code="E517",
        title="Several data are pruned",
        explanation=(
            "The misfits of one set of observations are told apart. Other data take part in every stage as they are."
        ),
        bad=ROD + SENSORS + 'data others: u from "readings.csv"\nprune sensors, others: bias\n',
        good=ROD + SENSORS + 'data others: u from "readings.csv"\nprune sensors: bias\n',
        files=READINGS,
    ),
    CodeInfo(
        code="E518",
        title="Statistics of the network of an unknown",
        explanation=(
            "The option `statistics` of a mask logs the features of the network that has the fields of the equations.\n"
            "Networks of unknown fields and terms are small, and read few inputs: theirs are not logged."
        ),
        bad=UNKNOWN + SENSORS + "mask k: exponential(statistics = true)\n",
        good=UNKNOWN + SENSORS + "mask k: exponential(scale = 2)\n",
        files=READINGS,
    ),
    CodeInfo(
        code="E531",
        title="A matrix that is too large",
        explanation=(
            "`broyden` and `gauss_newton` hold a matrix of weights by weights of the network. Above 20_000 weights\n"
            "it would take more than 3.2 GB. `soap` and `lbfgs` need no such matrix."
        ),
        bad=ROD + "network mlp(width = 200)\ntrain broyden\n",
        good=ROD + "network mlp(width = 200)\ntrain soap then lbfgs\n",
    ),
    CodeInfo(
        code="E532",
        title="Something beside the output layer has to be trained",
        explanation=(
            "`train least_squares` holds the hidden layers and solves for the output layer. Unknowns of an inverse\n"
            "problem would never move, and `prune` has no network that it could use. In `march windows` it joins\n"
            "windows by their values: no other method can train a part, and no rate of change is carried on."
        ),
        bad=ROD + "march windows(count = 2)\ntrain least_squares then broyden\n",
        good=ROD + "march windows(count = 2)\ntrain least_squares\n",
    ),
)
