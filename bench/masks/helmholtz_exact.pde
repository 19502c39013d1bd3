# The chequered solution with its boundary built into the form of the solution.
problem helmholtz_exact
constant   a = 4
space      x in [-1, 1], y in [-1, 1]
field      u(x, y)
equation   waves: laplacian(u) + u = 0
boundary   sides: u = 0  on boundary
manufacture u = sin(a*pi*x)*sin(a*pi*y)
network    residual(width = 32, depth = 2, activation = tanh)
sample     interior: latin(points = 500, fresh = 1)
train      adam(steps = 4000, rate = 1e-3, decay = 0.072)
