problem navier_stokes_energy "Natural convection in a heated box: unsteady Navier-Stokes and energy equations"

space      x in [0, 1], y in [0, 1], z in [0, 1]
time       t in [0, 1]
constant   Pr = 0.71
constant   Ra = 1e4
field      vel = (u, v, w)(x, y, z, t), p(x, y, z, t), T(x, y, z, t)

equation   mass:        div(vel) = 0
equation   momentum:    d(vel, t) + advect(vel, vel) = -grad(p) + Pr*laplacian(vel) + (0, 0, Ra*Pr*T)
equation   energy:      T_t + advect(vel, T) = laplacian(T)

boundary   walls:       vel = 0  on boundary
boundary   hot:         T = 0.5  on x = 0
boundary   cold:        T = -0.5  on x = 1
boundary   insulated:   dn(T) = 0  on y = 0, y = 1, z = 0, z = 1
initial    rest:        vel = 0, T = 0.5 - x
constraint gauge:       p = 0  at (0, 0, 0)
