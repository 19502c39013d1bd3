"""`train soap`: Adam in the eigenbasis of Shampoo's preconditioner."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="train",
    name="soap",
    purpose="Adam in the eigenbasis of a matrix preconditioner",
    description="""\
For the gradient G of a layer's matrix, running means of G G' and G'G have the eigenvectors Q and P. Adam's second
moment is kept of Q'G P, and its step taken back by Q and P. The eigenvectors follow by one orthogonal iteration
every `refresh` steps. Biases and masks take steps of Adam. The rate falls geometrically from `rate` to rate*decay.

When to use it: for networks too large for `broyden` and `gauss_newton`, in place of `adam`. It corrects for the
correlation of a layer's weights, which the terms of a physics-informed loss make strong.

Cost: of a step the gradient and a few products of matrices as large as the layers; every `refresh` steps a QR
decomposition for each of them.""",
    options=(
        Option("steps", 5000, "number of steps", at_least=1, at_most=1_000_000_000),
        Option("rate", 3e-3, "first learning rate", above=0),
        Option("decay", 0.1, "factor that the rate has fallen by at the end of the phase", above=0, at_most=1),
        Option("memory", 0.95, "share of the running means that a step keeps", at_least=0, below=1),
        Option("refresh", 10, "steps between two updates of the eigenvectors", at_least=1, at_most=100_000),
    ),
    citation=Citation(
        key="vyas2024",
        text="Vyas, Morwani, Zhao, Kwun, Shapira, Brandfonbrener, Janson and Kakade, SOAP: improving and stabilizing "
        "Shampoo using Adam, arXiv:2409.11321 (2024)",
        bibtex="""\
@misc{vyas2024,
  author = {Vyas, Nikhil and Morwani, Depen and Zhao, Rosie and Kwun, Mujin and Shapira, Itai and Brandfonbrener,
            David and Janson, Lucas and Kakade, Sham},
  title  = {{SOAP}: Improving and Stabilizing {Shampoo} using {Adam}},
  year   = {2024},
  eprint = {2409.11321},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/train/soap.py.j2",
    example="train soap(steps = 2000)",
)
