problem schroedinger "Nonlinear Schroedinger equation, a bound pair of solitons"

space      x in [-5, 5] periodic
time       t in [0, pi/2]
field      complex psi(x, t)

equation   dispersion:  i*psi_t + 0.5*psi_xx + abs(psi)^2*psi = 0
initial    start:       psi = 2/cosh(x)

reference  psi from "schroedinger_reference.csv"
