variable total
20 array squares
10 constant ten
: fill ( -- ) 20 0 do i i * i squares + ! loop ;
: add-up ( -- ) 0 total ! 20 0 do squares i + @ total +! loop ;
fill add-up total @ . squares ten + @ . cr
: outside ( n -- n ) @ ;
100 outside .
\ expect: 2470 100 
\ expect-error: memory.forth:7: 100 is not the address of a cell
\ exit: 1
