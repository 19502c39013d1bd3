"""`budget 300`: the seconds that training has."""

from __future__ import annotations

from pdel.methods.base import Method, Option

METHOD = Method(
    family="budget",
    name="constant",
    purpose="the seconds that training has, and for which the plan is made",
    description="""\
`budget 300` gives training five minutes of the clock, compiling by torch included. What the specification leaves
open is chosen for that time: the size of the network, and with it the number of points. Training ends when the
time is used up, earlier only where no step lowers the loss any more, and keeps the best network that it met.
`--budget` of `pdel compile`, `pdel run` and `pdel plan` stands in place of the statement; `--budget` of the
module says when this one run ends and changes no choice.

When to use it: to say how long a run may take. The default is 60 where there is no `train` statement. With a
`train` statement the phases end after their steps as well, whichever comes first, and without `budget` there is
no limit of time. A phase that others follow ends after four fifths of the budget at the latest, `data_first` after
half of it. With `prune` half of the time goes to training on all observations, and the stages behind it share the
rest. Where compiling took longer than expected, training still has half of the budget.

Cost: a run that the clock ends cannot be repeated to the last bit: another day it makes a few steps more or
less. `--steps` of the module makes a stated number of steps, however long they take.""",
    options=(Option("value", 60.0, "seconds", above=0, at_most=1e9, unit="seconds"),),
    example="budget 300",
)
