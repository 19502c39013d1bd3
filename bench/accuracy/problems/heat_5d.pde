problem heat_5d "Heat equation in five dimensions, a sum of sines that fades"

space      x[1..5] in [0, 1]
time       t in [0, 1]
field      u(x, t)
let        sines = sin(pi*x1/2) + sin(pi*x2/2) + sin(pi*x3/2) + sin(pi*x4/2) + sin(pi*x5/2)

equation   conduction:  u_t = laplacian(u)
boundary   walls:       u = exp(-pi^2*t/4)*sines  on boundary
initial    start:       u = sines

exact      u = exp(-pi^2*t/4)*sines
