"""`least_squares` in windows of time: joints by least squares, neurons where the solution is steep, resuming."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import nn

from tests.generated.runs import StopAfter, make
from tests.modules import one_thread

OSCILLATOR = """\
problem oscillator "A pendulum, of two fields"
time       t in [0, 4]
field      (x, y)(t)
equation   speed:   x_t = y
equation   force:   y_t = -sin(x)
initial    start:   x = 0.5, y = 0
network    mlp(width = 20, depth = 1)
sample     interior: hammersley(points = 60)
march      windows(count = 4)
train      least_squares(steps = 3)
"""

FRONT = """\
problem front "A front that travels"
space      x in [-1, 1]
time       t in [0, 0.4]
field      u(x, t)
constant   nu = 0.02
let        wave = 1 - tanh((x + 0.2 - t)/(2*nu))
equation   momentum:   u_t + u*u_x = nu*u_xx
boundary   ends:       u = wave  on x = -1, x = 1
initial    start:      u = wave
exact      u = wave
network    mlp(width = {width}, depth = 1, activation = tanh)
sample     interior: hammersley(points = 500)
march      windows(count = 2)
train      least_squares(steps = 1)
"""


def second_window(folder: Path) -> tuple[ModuleType, object]:
    """A module and its training where the second window has had no step."""
    module = make(folder, OSCILLATOR)
    training = module.Marching(0, "cpu")
    while training.network.number == 0:
        training.advance()
    return module, training


def test_several_fields_are_solved_window_by_window(tmp_path: Path) -> None:
    module = make(tmp_path, OSCILLATOR)
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert [round(window["end"], 9) for window in summary["windows"]] == [1, 2, 3, 4]
    network = module.load_network(tmp_path / "run", "cpu")
    t = torch.linspace(0, 4, 41, dtype=torch.float64)[:, None]
    x, y = module.values_at(network, t).unbind(1)
    energy = y.square() / 2 - torch.cos(x)
    assert (energy - energy[0]).abs().max() < 1e-6
    assert x.min() < -0.4


def test_the_joint_is_the_step_of_all_fields_at_the_start(tmp_path: Path) -> None:
    module, training = second_window(tmp_path)
    network = training.network  # type: ignore[attr-defined]
    output = network.window.output
    weights = nn.utils.parameters_to_vector(output.parameters()).detach()
    points = module.draw_points(torch.Generator().manual_seed(3))
    points = points._replace(interior=points.interior[:5])
    equations = module.JoinedEquations(network, network.window, points)
    nn.utils.vector_to_parameters(weights, output.parameters())
    start = torch.full((1, 1), 1.0, dtype=torch.float64)
    before = module.solution(network.past[-1], start)
    step = (module.solution(network, start) - before).detach()
    assert module.JOINTS == (25.0, 25.0), "windows of length 1"
    expected = (25 / 5) ** 0.5 * step.expand(5, 2).T.flatten()
    assert expected.abs().max() > 1e-3
    assert equations.joint().square().sum().item() == pytest.approx(expected.square().sum().item(), rel=1e-9)
    assert equations.rows.shape == (10, len(weights))
    joined = module.step_at_joint(network, points.interior)
    assert joined == pytest.approx(expected.square().sum().item(), rel=1e-9)
    assert equations.loss(weights) == pytest.approx(
        module.total_loss(module.loss_terms(network, points)).item() + joined, rel=1e-9
    )
    nn.utils.vector_to_parameters(equations.start(), output.parameters())
    still = module.solution(network, points.interior) - before
    assert still.abs().max() < 1e-6


def test_the_held_out_loss_has_the_joint(tmp_path: Path) -> None:
    module, training = second_window(tmp_path)
    network, points = training.network, training.held_out  # type: ignore[attr-defined]
    loss, step, x = training.better()  # type: ignore[attr-defined]
    training.objective.place(x)  # type: ignore[attr-defined]
    joint = module.step_at_joint(network, points.interior)
    assert joint > 0
    assert loss == module.total_loss(module.loss_terms(network, points)).item() + joint
    assert step == training.step  # type: ignore[attr-defined]


def test_the_first_window_begins_at_the_initial_values(tmp_path: Path) -> None:
    module = make(tmp_path, OSCILLATOR)
    training = module.Marching(0, "cpu")
    network, points = training.network, training.objective.points
    start = torch.zeros(1, 1, dtype=torch.float64)
    assert module.initial_values(start).tolist() == [[0.5, 0]]
    step = module.solution(network, start)[0] - torch.tensor([0.5, 0])
    joined = module.step_at_joint(network, points.interior)
    assert joined == pytest.approx(25 * step.square().sum().item())
    equations = module.JoinedEquations(network, network.window, points)
    equations.use(equations.start())
    still = module.solution(network, points.interior) - torch.tensor([0.5, 0])
    assert still.abs().max() < 1e-6


def test_windows_begin_where_others_have_ended(tmp_path: Path) -> None:
    module, training = second_window(tmp_path)
    while not training.finished:  # type: ignore[attr-defined]
        training.advance()  # type: ignore[attr-defined]
    windows = training.network.windows  # type: ignore[attr-defined]
    for number, (left, right) in enumerate(itertools.pairwise(windows)):
        end = torch.full((1, 1), number + 1.0, dtype=torch.float64)
        assert torch.allclose(module.solution(left, end), module.solution(right, end), atol=1e-7)


@pytest.mark.parametrize(
    ("loss", "passed", "over"),
    [(1e-3, 29.0, False), (1e-3, 31.0, True), (5e-5, 19.0, False), (5e-5, 21.0, True), (9e-6, 11.0, True)],
)
def test_the_worst_windows_have_more_of_the_time(tmp_path: Path, loss: float, passed: float, over: bool) -> None:
    """Twice a share of 10 s while no other loss, here of 1e-4, is larger; nothing below a tenth of that."""
    _, training = second_window(tmp_path)
    training.outcomes = [{"held_out_loss": 1e-6}, {"held_out_loss": 1e-4}]  # type: ignore[attr-defined]
    training.entered, training.due = 10.0, 20.0  # type: ignore[attr-defined]
    training.best = (loss, 0, None)  # type: ignore[attr-defined]
    assert bool(training.used_up(passed, latest=100.0)) is over  # type: ignore[attr-defined]
    training.due = float("inf")  # type: ignore[attr-defined]
    assert not training.used_up(passed, latest=100.0), "steps end a run that has no clock"  # type: ignore[attr-defined]


def test_later_windows_keep_time_for_a_step_each(tmp_path: Path) -> None:
    """However large the loss of a window is: the last one had no time for its first step."""
    _, training = second_window(tmp_path)
    training.outcomes = [{"held_out_loss": 1e-6}]  # type: ignore[attr-defined]
    training.entered, training.due = 10.0, 20.0  # type: ignore[attr-defined]
    training.best = (1e-3, 0, None)  # type: ignore[attr-defined]
    assert not training.used_up(15.0, latest=16.0)  # type: ignore[attr-defined]
    assert training.used_up(15.0, latest=14.0)  # type: ignore[attr-defined]


def test_shares_of_neurons_follow_their_density(tmp_path: Path) -> None:
    module = make(tmp_path, FRONT.format(width=20))
    places = module.fine_places()
    density = 1 + 4 * (places > 0).double()
    shares = torch.tensor([0.0, 0.1, 1 / 6, 0.5, 1.0], dtype=torch.float64)
    found, dense, moves = module.Snapshot(0.0, density, 2 * places).at_shares(shares)
    assert torch.allclose(found, torch.tensor([-1.0, -0.4, 0.0, 0.4, 1.0], dtype=torch.float64), atol=2e-3)
    assert dense[[0, 1, 3, 4]].tolist() == [1, 1, 5, 5]
    assert torch.allclose(moves, 2 * found)


def test_what_is_known_of_a_time_goes_on_as_it_moves(tmp_path: Path) -> None:
    """Half a window later all of it is half a move farther, and denser where it runs together."""
    module = make(tmp_path, FRONT.format(width=20))
    places = module.fine_places()
    hill = 1 + 4 * torch.exp(-((places / 0.1) ** 2))
    carried = module.Snapshot(0.0, hill, torch.full_like(places, 0.2)).at(0.5)
    assert places[carried.density.argmax()].item() == pytest.approx(0.1, abs=1e-3)
    assert carried.density.max().item() == pytest.approx(5, rel=1e-3)
    even = torch.ones_like(places)
    together = module.Snapshot(0.0, even, -0.5 * places).at(1.0)
    inside = places.abs() < 0.6  # from 1.5 times as far, with moves that are 1.5 times as large
    assert together.density[inside].numpy() == pytest.approx(1.75, rel=1e-6)
    apart = module.Snapshot(0.0, even, 0.5 * places).at(1.0)
    assert apart.density.numpy() == pytest.approx(1), "what comes in between is not known"


def test_moves_are_those_of_what_keeps_its_shape(tmp_path: Path) -> None:
    module = make(tmp_path, FRONT.format(width=20))
    places = module.fine_places()[:, None]

    def fronts(shift: float) -> torch.Tensor:
        """One that moves to the right, one that stands, and a field without any."""
        shape = torch.tanh((places + 0.5 - shift) / 0.05) + torch.tanh((places - 0.5) / 0.05)
        return torch.cat([shape, torch.ones_like(places)], dim=1)

    goes = 0.04  # within a window
    moves = module.moved_in_window(fronts(0.0), fronts(-goes * module.SHORTLY))
    assert moves[(places[:, 0] + 0.5).abs() < 0.05].numpy() == pytest.approx(goes, rel=0.1)
    assert moves[(places[:, 0] - 0.5).abs() < 0.05].abs().max() < 1e-3
    still = module.moved_in_window(fronts(0.0)[:, 1:], fronts(0.0)[:, 1:])
    assert not still.any()
    fading = torch.sin(torch.pi * places)
    moves = module.moved_in_window(fading, (1 + module.SHORTLY) * fading)
    assert moves.abs().max() <= module.FARTHEST_MOVE * 2


def test_what_turns_on_the_spot_is_not_said_to_move(tmp_path: Path) -> None:
    """A packet whose two fields rotate into each other: each of them alone seems to move."""
    module = make(tmp_path, FRONT.format(width=20))
    places = module.fine_places()[:, None]

    def packet(angle: float) -> torch.Tensor:
        shape = torch.exp(-((places / 0.3) ** 2))
        return torch.cat([shape * math.cos(angle), shape * math.sin(angle)], dim=1)

    moves = module.moved_in_window(packet(1.0), packet(1.0 - 0.1 * module.SHORTLY))
    alone = module.moved_in_window(packet(1.0)[:, :1], packet(1.0 - 0.1 * module.SHORTLY)[:, :1])
    near = places[:, 0].abs() < 0.5
    assert alone[near].abs().max() > 0.05
    assert moves[near].abs().max() < 0.01


def test_neurons_go_along_with_a_front(tmp_path: Path) -> None:
    """With no random part in time, no neuron of a front changes where the front goes."""
    module = make(tmp_path, FRONT.format(width=200))
    training = module.Marching(0, "cpu")
    optimiser, network = training.optimiser, training.network

    def front(network: torch.nn.Module, points: torch.Tensor) -> torch.Tensor:
        return 1 - torch.tanh((points[:, :1] + 0.2 - 0.5 * points[:, 1:]) / 0.04)

    optimiser.gather(training.objective, front, (0.0,))
    scales = optimiser.scales.clone()
    scales[module.TIME_INPUT] = 0
    optimiser.place_neurons(network.window, scales)
    weight, centres = network.window.layer_1.weight, optimiser.centres
    times = (centres[:, 1] - module.LOW[-1]) / 2  # inputs are from -1 to 1, windows 0.2 long
    near = (centres[:, 0] + 0.2 - 0.5 * (times + 0.5) * module.WINDOW).abs() < 0.05
    assert near.sum() > 40
    path = torch.tensor([0.5 * module.WINDOW, 2.0], dtype=torch.float64)  # in inputs, over a window
    assert (weight[near] @ path).abs().max() < 0.1 * (weight[near] * path).abs().max()


def test_neurons_and_points_gather_in_a_front(tmp_path: Path) -> None:
    module = make(tmp_path, FRONT.format(width=400))
    training = module.Marching(0, "cpu")
    optimiser = training.optimiser
    before = training.objective.points.interior
    optimiser.draw_neurons(training.objective)
    after = training.objective.points.interior
    inside = [((found[:, 0] + 0.2).abs() < 0.1).double().mean().item() for found in (optimiser.centres, before, after)]
    assert inside[0] > 0.3
    assert inside[1] == pytest.approx(0.1, abs=0.02)
    assert inside[2] > 0.2
    near = (optimiser.centres[:, 0] + 0.2).abs() < 0.05
    steep = optimiser.slopes[:, 0].abs()
    assert steep[near].median() > 3 * steep[~near].median()
    kept = (after[:, None] == before[None]).all(dim=2).any(dim=1)
    assert kept.sum() == len(before) // 2
    assert torch.equal(before[:, -1].sort().values, after[:, -1].sort().values)
    early = (after[:, -1] < after[:, -1].median()).double()
    assert early[kept].mean() == pytest.approx(0.5, abs=0.1), "points of either half at all times of the window"


def test_a_front_is_followed(tmp_path: Path) -> None:
    """Neurons that stood where the front had been left 2e-4, points of the front late in a window only 1e-3."""
    text = FRONT.format(width=240).replace("points = 500", "points = 1200").replace("count = 2", "count = 8")
    module = make(tmp_path, text.replace("steps = 1", "steps = 2"))
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"]["u"]["l2_relative"] < 1e-6


@pytest.mark.parametrize("factor", ["1000000", "0.000001"])
def test_joints_follow_the_units_of_equations(tmp_path: Path, factor: str) -> None:
    """An equation times a number has the same solution: its joints count as much more or less."""
    plain = FRONT.format(width=240).replace("points = 500", "points = 1200").replace("count = 2", "count = 8")
    plain = plain.replace("steps = 1", "steps = 2")
    scaled = plain.replace("u_t + u*u_x = nu*u_xx", f"{factor}*u_t + {factor}*u*u_x = {factor}*nu*u_xx")
    errors = []
    for name, text in (("plain", plain), ("scaled", scaled)):
        module = make(tmp_path, text)
        with one_thread():
            summary = module.train(tmp_path / name, quiet=True)
        errors.append(summary["fields"]["u"]["l2_relative"])
    assert errors[1] < 5 * errors[0]
    assert errors[1] < 1e-3


def test_resumed_windows_equal_uninterrupted_ones(tmp_path: Path) -> None:
    module = make(tmp_path, FRONT.format(width=40).replace("steps = 1", "steps = 3"))
    with one_thread():
        module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(2))
        module.train(tmp_path / "parts", quiet=True, resume=True, interrupted=StopAfter(2))
        module.train(tmp_path / "parts", quiet=True, resume=True)
    whole, parts = (module.load_network(tmp_path / name, "cpu").states() for name in ("whole", "parts"))
    for one, other in zip(whole, parts, strict=True):
        assert all(torch.equal(one[name], other[name]) for name in one)


SWING = """\
problem swing "A pendulum, of second order"
time       t in [0, 4]
field      x(t)
equation   force:   x_tt = -sin(x)
initial    start:   x = {start}, x_t = {rate}
network    mlp(width = 20, depth = 1)
sample     interior: hammersley(points = 60)
march      windows(count = 4)
train      least_squares(steps = 3)
"""


@pytest.mark.parametrize(("start", "rate"), [(0.5, 0), (0, 1)])
def test_rates_are_carried_through_windows(start: float, rate: float, tmp_path: Path) -> None:
    module = make(tmp_path, SWING.format(start=start, rate=rate))
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    network = module.load_network(tmp_path / "run", "cpu")
    assert module.JOINTS == (625.0, 25.0), "windows of length 1"
    energies = []
    for number, window in enumerate(network.windows):
        t = torch.linspace(number, number + 1, 11, dtype=torch.float64)[:, None]
        x, y = module.state_of(window, t).detach().unbind(1)
        energies.append(y.square() / 2 - torch.cos(x))
    energy = torch.cat(energies)
    assert (energy - rate**2 / 2 + math.cos(start)).abs().max() < 1e-6


def test_the_second_window_begins_with_the_rate_of_the_first(tmp_path: Path) -> None:
    module = make(tmp_path, SWING.format(start=0, rate=1))
    training = module.Marching(0, "cpu")
    while training.network.number == 0:
        training.advance()
    network, points = training.network, training.objective.points
    equations = module.JoinedEquations(network, network.window, points)
    place = torch.full((1, 1), 1.0, dtype=torch.float64)
    before = module.state_of(network.past[-1], place)
    equations.use(equations.start())
    going_on = module.solution(network, points.interior)
    expected = before[0, 0] + before[0, 1] * (points.interior - 1)
    assert (going_on - expected).abs().max() < 1e-6
    step = module.state_of(network, place) - before
    joined = module.step_at_joint(network, points.interior)
    assert joined == pytest.approx((step.new_tensor(module.JOINTS) * step.square()).sum().item(), abs=1e-12)
    assert equations.joint().square().sum().item() == pytest.approx(joined, rel=1e-6, abs=1e-12)
