problem l_shape "Laplace's equation in an L, whose inner corner has an infinite gradient"

shape      square = rectangle((-1, -1), (1, 1))
shape      notch = rectangle((0, -1), (1, 0))
space      (x, y) in square - notch
field      u(x, y)
let        theta = 3*pi/4 - atan2(x + y, y - x)

equation   laplace:     laplacian(u) = 0
boundary   sides:       u = (x^2 + y^2)^(1/3)*sin(2/3*theta)  on square, notch

exact      u = (x^2 + y^2)^(1/3)*sin(2/3*theta)
