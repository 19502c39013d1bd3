problem motz "Motz's problem: a side that is held in part and insulated in part"

space      x in [-1, 1], y in [0, 1]
field      u(x, y)

equation   laplace:     laplacian(u) = 0
boundary   held:        u = 0  on y = 0  where x < 0
boundary   insulated:   dn(u) = 0  on y = 0  where x > 0
boundary   hot:         u = 500  on x = 1
boundary   others:      dn(u) = 0  on x = -1, y = 1

reference  u from "motz_reference.csv"
