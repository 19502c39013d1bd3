problem allen_cahn_periodic "Allen-Cahn equation, periodic, with data that have a kink at the seam"

space      x in [-1, 1] periodic
time       t in [0, 1]
field      u(x, t)
constant   diffusion = 0.0001

equation   separation:  u_t = diffusion*u_xx + 5*(u - u^3)
initial    start:       u = x^2*cos(pi*x)

reference  u from "allen_cahn_periodic_reference.csv"
