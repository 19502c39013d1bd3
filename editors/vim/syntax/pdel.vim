" Vim syntax file
" Language: pdel, specifications of partial differential equations
" Written by editors/generate.py from the vocabulary of pdel: change it there.

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax iskeyword @,48-57,_

syntax keyword pdelClause and as at between complex cylindrical except from in language not of on or periodic polar spherical then where with boundary
syntax keyword pdelValue false identity normal pi tangent true
syntax match pdelFunction /\<\%(laplacian\|rectangle\|transpose\|integral\|interval\|advect\|atan2\|cross\|inner\|outer\|trace\|acos\|asin\|atan\|ball\|conj\|cosh\|curl\|disk\|grad\|jump\|sign\|sinh\|sqrt\|tanh\|abs\|box\|cos\|div\|dot\|erf\|exp\|log\|max\|min\|sin\|sum\|sym\|tan\|dn\|if\|im\|re\|d\)\ze\s*(/
syntax match pdelStatement /^\%(manufacture\|constraint\|eigenvalue\|interface\|parameter\|reference\|boundary\|constant\|equation\|function\|quantity\|initial\|problem\|unknown\|exact\|field\|shape\|space\|table\|data\|part\|time\|let\)\>/ nextgroup=pdelLabel skipwhite
syntax match pdelLabel /[A-Za-z]\w*\ze\s*\%(:\|=\|in\>\|\[[^0-9 ]*\]\)/ contained
syntax match pdelStatement /^\%(function\|problem\|part\)\>/ nextgroup=pdelTitle skipwhite
syntax match pdelTitle /[A-Za-z]\w*/ contained
syntax match pdelNumber /\%(\w\|\.\)\@<!\%(\d[0-9_]*\.\?[0-9_]*\|\.\d[0-9_]*\)\%([eE][+-]\?\d\+\)\?/
syntax match pdelOperator "<=\|>=\|!=\|[-+*/^=<>&]"
syntax match pdelMistake "\*\*\|=="
syntax region pdelText start=/"/ end=/"/ oneline
syntax region pdelMethods matchgroup=pdelFamily start=/^\%(decompose\|precision\|estimate\|resample\|compile\|enforce\|network\|budget\|sample\|march\|prune\|train\|weigh\|mask\|ramp\|seed\)\>/ end=/^\ze[^ \t#)\]]/ contains=pdelMethod,pdelOption,pdelTarget,pdelThen,pdelNumber,pdelText,pdelComment keepend
syntax match pdelMethod /\<\h\w*\>/ contained
syntax match pdelOption /\<\h\w*\ze\s*=/ contained
syntax match pdelTarget /\<\h\w*\ze[A-Za-z0-9_, ]*:/ contained
syntax keyword pdelThen then contained
syntax match pdelComment /#.*$/ contains=@Spell

highlight default link pdelStatement Statement
highlight default link pdelFamily Statement
highlight default link pdelClause Keyword
highlight default link pdelThen Keyword
highlight default link pdelLabel Identifier
highlight default link pdelTitle Identifier
highlight default link pdelTarget Identifier
highlight default link pdelFunction Function
highlight default link pdelMethod Function
highlight default link pdelOption Type
highlight default link pdelValue Constant
highlight default link pdelNumber Number
highlight default link pdelText String
highlight default link pdelOperator Operator
highlight default link pdelComment Comment
highlight default link pdelMistake Error

let b:current_syntax = "pdel"
