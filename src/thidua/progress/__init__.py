"""What a unit takes on and how far it is: targets, works, pledges, reports. Values in, findings out."""
