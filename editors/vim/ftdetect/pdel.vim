" A specification of pdel, unless its first words say that it is a sketch of Processing.
autocmd BufRead,BufNewFile *.pde if getline(1) !~# '^\s*\(import\|/[/*]\|void\|int\|float\)' | setlocal filetype=pdel | endif
