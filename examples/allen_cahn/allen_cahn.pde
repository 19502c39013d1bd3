problem allen_cahn "Allen-Cahn equation, phases that separate"

space      x in [-1, 1]
time       t in [0, 1]
field      u(x, t)
constant   diffusion = 0.001

equation   separation:  u_t = diffusion*u_xx + 5*(u - u^3)
boundary   ends:        u = -1  on x = -1, x = 1
initial    start:       u = x^2*cos(pi*x)

reference  u from "allen_cahn_reference.csv"
