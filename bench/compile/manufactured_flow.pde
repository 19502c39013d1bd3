problem manufactured_flow "Unsteady Navier-Stokes and energy equations with a manufactured solution of many terms"

space      x in [-1, 1], y in [-1, 1], z in [-1, 1]
time       t in [0, 1]
constant   nu = 0.02
constant   a = 1
constant   b = 1
field      vel = (u, v, w)(x, y, z, t), p(x, y, z, t), T(x, y, z, t)

equation   mass:        div(vel) = 0
equation   momentum:    d(vel, t) + advect(vel, vel) = -grad(p) + nu*laplacian(vel) + (0, 0, T)
equation   energy:      T_t + advect(vel, T) = nu*laplacian(T)
boundary   walls:       vel = 0, T = 0  on boundary
initial    rest:        vel = 0, T = 0

constraint gauge:       p = 0  at (0, 0, 0)

manufacture u = -a*(exp(a*x)*sin(a*y + b*z) + exp(a*z)*cos(a*x + b*y))*exp(-b^2*t),
            v = -a*(exp(a*y)*sin(a*z + b*x) + exp(a*x)*cos(a*y + b*z))*exp(-b^2*t),
            w = -a*(exp(a*z)*sin(a*x + b*y) + exp(a*y)*cos(a*z + b*x))*exp(-b^2*t),
            p = -a^2/2*(exp(2*a*x) + exp(2*a*y) + exp(2*a*z) + 2*sin(a*x + b*y)*cos(a*z + b*x)*exp(a*(y + z)) + 2*sin(a*y + b*z)*cos(a*x + b*y)*exp(a*(z + x)) + 2*sin(a*z + b*x)*cos(a*y + b*z)*exp(a*(x + y)))*exp(-2*b^2*t),
            T = exp(-t)*sin(pi*x)*sin(pi*y)*sin(pi*z)
