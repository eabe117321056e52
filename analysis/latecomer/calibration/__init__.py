"""History matching with emulators, in waves: which parameters of the model agree with what is known.

Craig, Goldstein, Seheult and Smith (1997); Vernon, Goldstein and Bower (2010); Andrianakis et al. (2015).
"""
