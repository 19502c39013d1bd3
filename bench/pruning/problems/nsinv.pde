problem nsinv "Navier-Stokes: Taylor-Green vortices in a uniform stream, velocity observed"

space      x in [0, 6], y in [-2, 2]
time       t in [0, 4]
field      vel = (u, v)(x, y, t), p(x, y, t)
unknown    inertia = 0.5 in [0.01, 10]
unknown    viscosity = 1 in [0.001, 10]
let        decay = exp(-2*0.01*t)
equation   momentum:  d(vel, t) + inertia*advect(vel, vel) + grad(p) = viscosity*laplacian(vel)
equation   mass:      div(vel) = 0
data       sensors:   vel from "nsinv.csv" (sigma = 0.01)
exact      vel = (1 - cos(x - t)*sin(y)*decay, sin(x - t)*cos(y)*decay)
exact      p = -(cos(2*(x - t)) + cos(2*y))*decay^2/4
reference  inertia = 1
reference  viscosity = 0.01
