problem kovasznay "Kovasznay flow behind a grid"

space      x in [-0.5, 1], y in [-0.5, 1.5]
field      vel = (u, v)(x, y), p(x, y)
constant   Re = 40
constant   lambda = Re/2 - sqrt(Re^2/4 + 4*pi^2)
let        flow = (1 - exp(lambda*x)*cos(2*pi*y), lambda/(2*pi)*exp(lambda*x)*sin(2*pi*y))

equation   mass:        div(vel) = 0
equation   momentum:    advect(vel, vel) = -grad(p) + laplacian(vel)/Re
boundary   sides:       vel = flow  on boundary
constraint gauge:       p = 0  at (0, 0)

exact      vel = flow
exact      p = (1 - exp(2*lambda*x))/2
