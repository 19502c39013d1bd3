problem helmholtz "Helmholtz equation with a source of two frequencies"

space      x in [-1, 1], y in [-1, 1]
field      u(x, y)
constant   k = 1
let        mode = sin(pi*x)*sin(4*pi*y)

equation   vibration:   laplacian(u) + k^2*u = (k^2 - 17*pi^2)*mode
boundary   walls:       u = 0  on boundary

exact      u = mode
