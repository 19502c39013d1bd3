problem cavity_1000 "Steady flow in a lid-driven cavity, Re = 1000"

space      x in [0, 1], y in [0, 1]
field      vel = (u, v)(x, y), p(x, y)
constant   Re = 1000

equation   mass:        div(vel) = 0
equation   momentum:    advect(vel, vel) = -grad(p) + laplacian(vel)/Re
boundary   lid:         vel = (1, 0)  on y = 1
boundary   walls:       vel = 0  on x = 0, x = 1, y = 0
constraint gauge:       p = 0  at (0, 0)

reference  u, v from "cavity_1000_reference.csv"
