"""Elementary functions whose every bit is defined: the float operations of fdlibm, in its order, and so the same results everywhere.

The C library's functions differ in the last bit from one system to the next. A language whose programs print whole doubles needs
functions of its own; JavaScript's engines all use the methods of K. C. Ng's fdlibm (Sun Microsystems, 1993), or FreeBSD's msun, which
continues it, and so does this package. The methods are described in W. J. Cody and W. Waite, Software Manual for the Elementary
Functions (1980), and in the papers that the modules name. Each function first reduces its argument to a small interval, then evaluates
a polynomial whose coefficients minimize the largest error there, and last adds what rounding lost on the way.

The order of the operations is part of the definition: no sum here may be regrouped, and a product and a sum round separately.
"""
