"""Codes of the family E2: names."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E201",
        title="A name that is not declared",
        explanation=(
            "Every name in an expression is a coordinate, a field, a constant, a `let`, a `function`, or a\n"
            "function of the language. A derivative is written as the field, an underscore and coordinates:\n"
            "`u_xx`. Names differ by case.\n"
            "\n"
            "Correct the spelling, or declare the name above the statement that uses it."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant alpha = 0.4
equation balance: alhpa*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant alpha = 0.4
equation balance: alpha*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E202",
        title="A name used before it is declared",
        explanation=(
            "Statements may stand in any order, but a name is declared above the statements that use it, so\n"
            "that a specification can be read from top to bottom. Only labels of equations and conditions may\n"
            "be mentioned earlier.\n"
            "\n"
            "Move the declaration up."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: alpha*u_xx = 1
constant alpha = 0.4
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant alpha = 0.4
equation balance: alpha*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E203",
        title="A name declared twice",
        explanation=(
            "Coordinates, fields, constants, names for expressions, functions, shapes, parts and quantities\n"
            "share one set of names, so that a name means one thing everywhere. Parameters of a function hide\n"
            "other names inside its body only.\n"
            "\n"
            "Rename one of the two."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant x = 2
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant a = 2
equation balance: a*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E204",
        title="A reserved name",
        explanation=(
            "Words of the language (`in`, `on`, `where`, `equation`, …), its functions (`sin`, `grad`, `dn`,\n"
            "…) and its values (`pi`, `normal`, `identity`, `tangent`) cannot be declared. `i` is reserved\n"
            "where a field is complex. A few words (`interior`, `exactly`, `softly`) cannot be labels,\n"
            "because method statements use them."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant exp = 2
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant rate = 2
equation balance: rate*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E205",
        title="A statement that is not built yet",
        explanation=(
            "The statement belongs to the language, and this version of pdel cannot compile it. It is refused\n"
            "so that nothing that was asked for is left out in silence."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
interface seam: jump(u) = 0 between left, right
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E206",
        title="A name that reads as a derivative",
        explanation=(
            "`u_x` is the derivative of the field `u` in `x`. If `u_x` were also the name of a constant, a\n"
            "specification would silently change its meaning with a new field or coordinate, so such names\n"
            "are refused where they are declared. The names `psi_re` and `psi_im` of the two parts of a\n"
            "complex field `psi` are refused for the same reason, and a coordinate `xx` beside `x`."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant u_x = 2
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant u0 = 2
equation balance: u_xx = u0
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E207",
        title="A suffix that is not made of coordinates",
        explanation=(
            "The part of a derivative's name after the last underscore is one coordinate (`u_theta`) or a run\n"
            "of short ones (`u_xxt`, `u_x1x2`). Every one of them must be declared by `space` or `time`."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_yy = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E208",
        title="A label given twice",
        explanation=(
            "Labels of equations, boundary conditions, initial conditions and constraints name their losses,\n"
            "and method statements aim at them, so each label stands once."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0
boundary ends: u = 0 on x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary left: u = 0 on x = 0
boundary right: u = 0 on x = 1
""",
    ),
    CodeInfo(
        code="E209",
        title="A statement given twice",
        explanation=(
            "A specification describes one problem: it has one `problem`, one `space` and one `time`\n"
            "statement. Several coordinates stand in one `space` statement, with commas between them."
        ),
        bad="""\
problem rod
space x in [0, 1]
space y in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E210",
        title="A function that calls itself",
        explanation=(
            "A call of a user's function is replaced by the function's body, so that derivatives can be\n"
            "taken. A function that calls itself would be replaced for ever."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
function f(s) = s*f(s - 1)
equation balance: u_xx = f(x)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
function f(s) = s*(s - 1)
equation balance: u_xx = f(x)
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E211",
        title="A closed form or a reference given twice",
        explanation=(
            "A field has one exact solution, stated by `exact` or by `manufacture`, and a field or quantity\n"
            "has one reference."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
exact u = x*(x - 1)
exact u = x^2 - x
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
exact u = x*(x - 1)
""",
    ),
    CodeInfo(
        code="E212",
        title="A part of the problem is missing",
        explanation=(
            "A specification begins with `problem NAME` and has coordinates (`space`, `time` or both), at\n"
            "least one field and at least one equation. Everything else is optional."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
)
