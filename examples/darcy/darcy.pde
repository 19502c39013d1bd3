problem darcy "Permeability of an aquifer from heads in wells"

space      x in [0, 1], y in [0, 1]
field      u(x, y)
unknown    k(x, y) in [0.1, 10]

equation   flow:        div(k*grad(u)) = 0
boundary   coast:       u = 0  on boundary

data       wells:       u from "wells.csv" (sigma = 0.01)

manufacture u = sin(pi*x)*sin(pi*y), k = exp(0.8*sin(2*pi*x)*cos(pi*y))
