problem poisson_hole "Poisson equation on a heated plate with a cooled hole"

shape      plate = rectangle((0, 0), (1, 1))
shape      hole = disk((0.5, 0.5), 0.2)
space      (x, y) in plate - hole
field      u(x, y)
let        offset = (x - 0.5, y - 0.5)
let        r2 = dot(offset, offset)

equation   conduction:  -laplacian(u) = 4
boundary   rim:         u = 0  on hole
boundary   sides:       dn(u) = (1/r2 - 2)*dot(offset, normal)  on plate

exact      u = 0.5*log(r2/0.04) + 0.04 - r2
