problem kdv "Korteweg-de Vries equation, a cosine that breaks into solitons"

space      x in [-1, 1] periodic
time       t in [0, 1]
field      u(x, t)
constant   delta = 0.022

equation   shallow:     u_t + u*u_x + delta^2*u_xxx = 0
initial    start:       u = cos(pi*x)

reference  u from "kdv_reference.csv"
