"""PINA: the recipe of its own Burgers example, examples/run_burgers.py, as long as that was published.

A network of 30, 20, 10 and 5 neurons with softplus, Adam with a rate of 0.006, 5000 epochs, 2000 points of a Latin
hypercube and 150 random ones for each condition. The tutorials of today define Burgers' problem and do not train it.
Afterwards Adam goes on until the time is used up.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any

import torch
from lightning.pytorch import seed_everything
from lightning.pytorch.callbacks import Callback
from pina import LabelTensor, Trainer
from pina.model import FeedForward
from pina.optim import TorchOptimizer
from pina.problem.zoo import BurgersProblem
from pina.solver import PINN

from recipes.recording import SEED, Record

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
warnings.filterwarnings("ignore")
seed_everything(SEED)

problem = BurgersProblem(nu=0.01 / torch.pi)
problem.discretise_domain(2000, mode="latin", domains=["D"])
problem.discretise_domain(300, mode="random", domains=["boundary"])
problem.discretise_domain(150, mode="random", domains=["t0"])
model = FeedForward(2, 1, layers=[30, 20, 10, 5], func=torch.nn.Softplus)
solver = PINN(problem, model, optimizer=TorchOptimizer(torch.optim.Adam, lr=0.006))


def predict(points: Any) -> Any:
    """u at points."""
    with torch.no_grad():
        return solver(LabelTensor(torch.tensor(points, dtype=torch.float32), ["x", "t"])).tensor.numpy()


record = Record(predict)


class Watch(Callback):  # type: ignore[misc]
    """Looks at the error, and stops where the time is used up."""

    def on_train_epoch_end(self, trainer: Any, _: object) -> None:
        """After a step."""
        record.look(trainer.current_epoch + 1)
        if record.over():
            trainer.should_stop = True


trainer = Trainer(
    solver,
    max_epochs=1_000_000,
    accelerator="cpu",
    callbacks=[Watch()],
    enable_progress_bar=False,
    enable_model_summary=False,
    enable_checkpointing=False,
    logger=False,
)
trainer.train()
record.look(trainer.current_epoch, last=True)
