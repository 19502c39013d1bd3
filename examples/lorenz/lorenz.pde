problem lorenz "Lorenz system, two turns"

time       t in [0, 2]
field      (x, y, z)(t)
constant   sigma = 10
constant   rho = 28
constant   beta = 8/3

equation   roll:        x_t = sigma*(y - x)
equation   heat:        y_t = x*(rho - z) - y
equation   profile:     z_t = x*y - beta*z
initial    start:       x = 1, y = 1, z = 1

reference  x, y, z from "lorenz_reference.csv"
