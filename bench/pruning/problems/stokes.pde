problem stokes "Stokes flow without boundary conditions, its velocity observed in a disk"

space      x in [0, 1], y in [0, 1]
field      vel = (u, v)(x, y), p(x, y)
equation   momentum:  -laplacian(vel) + grad(p) = 0
equation   mass:      div(vel) = 0
constraint gauge:     p = 0  at (0, 0)
data       sensors:   vel from "stokes.csv" (sigma = 0.01)
exact      vel = (4*x*y^3, x^4 - y^4)
exact      p = 12*x^2*y - 4*y^3
