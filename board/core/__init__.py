"""What all slices share; knows no noun of the domain."""
